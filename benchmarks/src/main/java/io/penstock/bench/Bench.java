package io.penstock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.penstock.bench.ask.AskBench;
import io.penstock.bench.codec.CodecBench;
import io.penstock.bench.map.MapBench;
import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.Comparison;
import io.penstock.bench.run.HopCost;
import io.penstock.bench.run.JsonLine;
import io.penstock.bench.run.Launcher;
import io.penstock.bench.run.Result;
import io.penstock.bench.run.SystemName;
import io.penstock.bench.run.Table;
import io.penstock.bench.work.Schedule;
import io.penstock.bench.work.Variant;
import io.penstock.bench.work.Workload;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The command {@code bench}. */
@Command(
        name = "bench",
        sortOptions = false,
        description = "Measures workloads on Penstock and on others, each run in a JVM of its own. Three"
                + " measurements have options of their own: bench ask (a pipeline as a function), bench map (the"
                + " operations of a map) and bench codec (a record as bytes); see bench ask --help and so on.",
        footer = "Exit code: 0 if all answers are right, 1 if one is wrong or a run failed, 2 if the command is.")
public final class Bench implements Callable<Integer> {

    private static final String ENGINE = "engine";
    private static final String CLUSTER = "cluster";
    private static final Set<String> OWN_MEASUREMENTS = Set.of("ask", "codec", "map");
    private static final int RUNS_MAX = 1_000;
    private static final long WARM_UP_MS_MAX = 600_000;
    private static final int SECONDS_MAX = 3_600;
    private static final long EVENTS_MAX = 100_000_000_000L;

    private final Launcher launcher;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "<workload>",
            description = "W1, W2, W3, W4; W5 (latency); hop (what a queue costs)")
    private List<String> workloadNames;

    @Option(names = "--host", paramLabel = "<host>", defaultValue = ENGINE,
            description = "where Penstock and Jet run: engine (default; in one JVM), or cluster, of which one member is"
                    + " in the JVM that is measured (W1 to W4, hop)")
    private String host;

    @Option(names = "--members", split = ",", paramLabel = "<count>", defaultValue = "1",
            description = "of the cluster, or several numbers of them; default: ${DEFAULT-VALUE}")
    private List<Integer> members;

    @Option(names = "--systems", split = ",", paramLabel = "<system>", defaultValue = "penstock,hand",
            description = "penstock, hand (hand-1 and hand-2, as --threads allows), hand-<threads>, generator, jet"
                    + " (jet-static, jet-replicated, jet-imap, jet-batch), flink (flink-static, flink-tuned); those"
                    + " that a workload does not have are left out; default: ${DEFAULT-VALUE}")
    private List<String> systemNames;

    @Option(names = "--threads", split = ",", paramLabel = "<count>", defaultValue = "2",
            description = "worker threads, or several numbers of them; default: ${DEFAULT-VALUE}")
    private List<Integer> threads;

    @Option(names = "--n", paramLabel = "<count>",
            description = "events; default: a number for which the right answer is listed; jet-imap gets a 50th")
    private Long count;

    @Option(names = "--runs", paramLabel = "<count>", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--warm-up-ms", paramLabel = "<ms>", defaultValue = "4000",
            description = "how long a JVM runs the workload before it measures; default: ${DEFAULT-VALUE}")
    private long warmUpMs;

    @Option(names = "--source", split = ",", paramLabel = "<source>", defaultValue = "inline",
            description = "inline, or objects (W2: a source that hands over objects made beforehand), or both; default:"
                    + " ${DEFAULT-VALUE}")
    private List<String> sources;

    @Option(names = "--jobs", split = ",", paramLabel = "<count>", defaultValue = "1",
            description = "jobs that share the events, all at once, or several numbers of them; default:"
                    + " ${DEFAULT-VALUE}")
    private List<Integer> jobs;

    @Option(names = "--polluted", description = "ten other pipelines run first in penstock's JVM")
    private boolean polluted;

    @Option(names = "--writer", description = "W2, W3: 1,000 entries/s are put into a live map while it is looked up")
    private boolean writer;

    @Option(names = "--seconds", paramLabel = "<count>", defaultValue = "20",
            description = "W5: for how long to measure, after half as long a warm-up; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--json", description = "one JSON object a line, and nothing else, on standard output")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this text")
    private boolean help;

    Bench(Launcher launcher) {
        this.launcher = launcher;
    }

    public static void main(String[] arguments) {
        String first = arguments.length > 0 ? arguments[0] : "";
        if (OWN_MEASUREMENTS.contains(first)) {
            CommandLine own = switch (first) {
                case "ask" -> AskBench.commandLine();
                case "codec" -> CodecBench.commandLine();
                default -> MapBench.commandLine();
            };
            System.exit(own.execute(Arrays.copyOfRange(arguments, 1, arguments.length)));
        }
        System.exit(commandLine(new ChildJvm(ChildJvm.HEAP)).execute(arguments));
    }

    static CommandLine commandLine(Launcher launcher) {
        return new CommandLine(new Bench(launcher))
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println("bench: " + e.getMessage() + "; see --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    commandLine.getErr().println("bench: " + e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws Exception {
        Set<Workload> workloads = workloads();
        Set<SystemName> systems = systems();
        List<Variant> variants = variants(workloads);
        check(workloads, systems);
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison = new Comparison(
                launcher, new Comparison.Settings(host, runs, warmUpMs, !json), err::println);
        boolean allRight = true;
        for (Workload workload : workloads) {
            if (workload == Workload.HOP) {
                for (int threadCount : threads) {
                    for (int memberCount : memberCounts()) {
                        Variant variant = new Variant(Variant.Source.INLINE, 1, false, false, memberCount);
                        List<Result> results = comparison.compareHops(variant, events(workload), threadCount);
                        print(workload, variant, results);
                        allRight &= results.stream().allMatch(Result::answerOk);
                    }
                }
                continue;
            }
            for (Variant variant : workload == Workload.W5 ? variants.subList(0, 1) : variants) {
                List<Result> results = comparison.compare(workload, variant, events(workload), systems);
                print(workload, variant, results);
                allRight &= results.stream().allMatch(Result::answerOk);
            }
        }
        return allRight ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private long events(Workload workload) {
        if (workload == Workload.W5) {
            return Schedule.ofMeasured(seconds).count();
        }
        return count == null ? workload.defaultCount() : count;
    }

    private void print(Workload workload, Variant variant, List<Result> results) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        boolean isHop = workload == Workload.HOP;
        if (json) {
            for (Result result : results) {
                out.println(JsonLine.of(result));
            }
            if (isHop) {
                out.println(JsonLine.ofHop(HopCost.of(results)));
            }
            spec.commandLine().getErr().println(workload.id() + ": " + Table.othersLine(results));
        } else {
            out.print(Table.of(workload, variant, results));
            out.print(isHop ? Table.ofHop(HopCost.of(results)) : "");
            out.println("  " + Table.othersLine(results));
            out.println();
        }
        out.flush();
    }

    private Set<Workload> workloads() {
        Set<Workload> workloads = new LinkedHashSet<>();
        for (String name : workloadNames) {
            refuseUnless(!OWN_MEASUREMENTS.contains(name),
                    "'" + name + "' is a measurement of its own; try ./bench " + name + " --help");
            workloads.add(Arrays.stream(Workload.values())
                    .filter(workload -> workload.id().equals(name))
                    .findAny()
                    .orElseThrow(() -> refused("workload", name, Arrays.stream(Workload.values())
                            .map(workload -> workload.id() + " (" + workload.title() + ")")
                            .collect(Collectors.joining(", ")))));
        }
        return workloads;
    }

    private Set<SystemName> systems() {
        Set<SystemName> systems = new LinkedHashSet<>();
        for (int threadCount : threads) {
            checkRange("--threads", threadCount, 1, SystemName.THREADS_MAX);
            for (String name : systemNames) {
                try {
                    systems.addAll(SystemName.parse(name, threadCount));
                } catch (IllegalArgumentException e) {
                    throw new ParameterException(spec.commandLine(), e.getMessage(), e);
                }
            }
        }
        return systems;
    }

    private List<Variant> variants(Set<Workload> workloads) {
        List<Variant> variants = new ArrayList<>();
        for (String name : sources) {
            Variant.Source source = Arrays.stream(Variant.Source.values())
                    .filter(other -> other.text().equals(name))
                    .findAny()
                    .orElseThrow(() -> refused("source", name, "inline, objects"));
            for (int jobCount : jobs) {
                checkRange("--jobs", jobCount, 1, Variant.JOBS_MAX);
                memberCounts().forEach(count ->
                        variants.add(new Variant(source, jobCount, polluted, writer, count)));
            }
        }
        if (variants.stream().anyMatch(Variant::hasObjects)) {
            refuseUnless(workloads.equals(Set.of(Workload.W2)), "--source objects is there for W2 only");
            checkRange("--n with --source objects", events(Workload.W2), 1, Variant.OBJECTS_MAX);
        }
        refuseUnless(!writer || workloads.stream().allMatch(Workload::hasLookUp),
                "--writer is there for W2 and W3 only");
        return variants;
    }

    /** For a cluster, how many members; else 0. */
    private List<Integer> memberCounts() {
        return host.equals(CLUSTER) ? members : List.of(0);
    }

    private void check(Set<Workload> workloads, Set<SystemName> systems) {
        if (!Set.of(ENGINE, CLUSTER).contains(host)) {
            throw refused("host", host, ENGINE + ", " + CLUSTER);
        }
        for (int memberCount : memberCounts()) {
            checkRange("--members", memberCount, host.equals(CLUSTER) ? 1 : 0, Variant.MEMBERS_MAX);
        }
        boolean isPlain = sources.equals(List.of("inline")) && jobs.equals(List.of(1)) && !polluted;
        refuseUnless(host.equals(ENGINE) || isPlain && !workloads.contains(Workload.W5),
                "--host cluster is there for W1 to W4 and hop, without --source, --jobs and --polluted");
        checkRange("--runs", runs, 1, RUNS_MAX);
        checkRange("--warm-up-ms", warmUpMs, 0, WARM_UP_MS_MAX);
        checkRange("--n", count == null ? 1 : count, 1, EVENTS_MAX);
        checkRange("--seconds", seconds, 1, SECONDS_MAX);
        for (Workload workload : workloads) {
            boolean isRun = workload == Workload.HOP
                    || systems.stream().anyMatch(system -> system.kind().runs(workload));
            refuseUnless(isRun, "none of the systems " + String.join(", ", systemNames) + " runs " + workload.id());
        }
    }

    private void refuseUnless(boolean isRight, String message) {
        if (!isRight) {
            throw new ParameterException(spec.commandLine(), message);
        }
    }

    private ParameterException refused(String thing, String name, String present) {
        return new ParameterException(
                spec.commandLine(), "unknown " + thing + " '" + name + "'; there are: " + present);
    }

    private void checkRange(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + min + " to " + max + ", but is " + value);
        }
    }
}

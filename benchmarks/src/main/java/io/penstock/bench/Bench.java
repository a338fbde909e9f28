package io.penstock.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.ask.AskBench;
import io.penstock.bench.run.ChildJvm;
import io.penstock.bench.run.Comparison;
import io.penstock.bench.run.Launcher;
import io.penstock.bench.run.SystemName;
import io.penstock.bench.run.Table;
import io.penstock.bench.work.Workload;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
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
        description = "Measures workloads on Penstock and on others, each run in a JVM of its own.",
        footer = "Exit code: 0 if all answers are right, 1 if one is wrong or a run failed, 2 if the command is.")
public final class Bench implements Callable<Integer> {

    private static final String HOST = "engine";
    private static final Set<String> HOSTS_PLANNED = Set.of("cluster");
    private static final Set<String> WORKLOADS_PLANNED = Set.of("W5");
    private static final int RUNS_MAX = 1_000;
    private static final long WARM_UP_MS_MAX = 600_000;
    private static final long EVENTS_MAX = 100_000_000_000L;

    private final Launcher launcher;

    @Spec
    private CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "<workload>", description = "W1, W2, W3, W4")
    private List<String> workloadNames;

    @Option(names = "--host", paramLabel = "<host>", defaultValue = HOST,
            description = "where Penstock runs: engine (default)")
    private String host;

    @Option(names = "--systems", split = ",", paramLabel = "<system>", defaultValue = "penstock,hand",
            description = "penstock, hand (hand-1 and hand-2, as --threads allows), hand-<threads>, generator;"
                    + " default: ${DEFAULT-VALUE}")
    private List<String> systemNames;

    @Option(names = "--threads", paramLabel = "<count>", defaultValue = "2",
            description = "worker threads; default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--n", paramLabel = "<count>",
            description = "events; default: a number for which the right answer is listed")
    private Long count;

    @Option(names = "--runs", paramLabel = "<count>", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--warm-up-ms", paramLabel = "<ms>", defaultValue = "4000",
            description = "how long a JVM runs the workload before it measures; default: ${DEFAULT-VALUE}")
    private long warmUpMs;

    @Option(names = "--json", description = "one JSON object a line, and nothing else, on standard output")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this text")
    private boolean help;

    Bench(Launcher launcher) {
        this.launcher = launcher;
    }

    public static void main(String[] arguments) {
        if (arguments.length > 0 && arguments[0].equals("ask")) {
            System.exit(AskBench.commandLine().execute(Arrays.copyOfRange(arguments, 1, arguments.length)));
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
        checkHost();
        checkRange("--runs", runs, 1, RUNS_MAX);
        checkRange("--warm-up-ms", warmUpMs, 0, WARM_UP_MS_MAX);
        checkRange("--n", count == null ? 1 : count, 1, EVENTS_MAX);
        PrintWriter err = spec.commandLine().getErr();
        Comparison comparison = new Comparison(
                launcher, host, Optional.ofNullable(count), runs, warmUpMs, !json, err::println);
        boolean allRight = true;
        for (Workload workload : workloads) {
            List<Comparison.Row> rows = comparison.compare(workload, systems);
            print(workload, rows);
            allRight &= rows.stream().allMatch(row -> row.result().answerOk());
        }
        return allRight ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private void print(Workload workload, List<Comparison.Row> rows) throws JsonProcessingException {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            for (Comparison.Row row : rows) {
                out.println(JsonMapper.builder().build().writeValueAsString(row.result()));
            }
            spec.commandLine().getErr().println(workload + ": " + Table.othersLine(rows));
        } else {
            out.print(Table.of(workload, rows));
            out.println("  " + Table.othersLine(rows));
            out.println();
        }
        out.flush();
    }

    private Set<Workload> workloads() {
        Set<Workload> workloads = new LinkedHashSet<>();
        for (String name : workloadNames) {
            workloads.add(Arrays.stream(Workload.values())
                    .filter(workload -> workload.name().equals(name))
                    .findAny()
                    .orElseThrow(() -> refused("workload", name, WORKLOADS_PLANNED, Arrays.stream(Workload.values())
                            .map(workload -> workload + " (" + workload.title() + ")")
                            .collect(Collectors.joining(", ")))));
        }
        return workloads;
    }

    private Set<SystemName> systems() {
        checkRange("--threads", threads, 1, SystemName.THREADS_MAX);
        Set<SystemName> systems = new LinkedHashSet<>();
        for (String name : systemNames) {
            try {
                systems.addAll(SystemName.parse(name, threads));
            } catch (IllegalArgumentException e) {
                throw new ParameterException(spec.commandLine(), e.getMessage(), e);
            }
        }
        return systems;
    }

    private void checkHost() {
        if (!host.equals(HOST)) {
            throw refused("host", host, HOSTS_PLANNED, HOST);
        }
    }

    private ParameterException refused(String thing, String name, Set<String> planned, String present) {
        return new ParameterException(spec.commandLine(), (planned.contains(name)
                ? thing + " '" + name + "' is not there yet" : "unknown " + thing + " '" + name + "'")
                + "; there are: " + present);
    }

    private void checkRange(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + min + " to " + max + ", but is " + value);
        }
    }
}

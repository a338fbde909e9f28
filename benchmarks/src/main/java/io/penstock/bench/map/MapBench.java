package io.penstock.bench.map;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench map}. */
@Command(
        name = "bench map",
        sortOptions = false,
        description = "Measures the operations of a grid map beside other maps: M operations/s of all threads"
                + " together, processor time of the whole process per operation, and bytes of heap per entry.",
        footer = "Exit code: 0 if all maps had what they must have, 1 if not or a run failed, 2 if the command is"
                + " wrong.")
public final class MapBench implements Callable<Integer> {

    private static final int ENTRIES_MIN = 1_000;
    private static final int ENTRIES_MAX = 5_000_000;
    private static final int MEMBERS_MAX = 8;
    private static final int WRITES_MAX = 1_000_000;
    private static final int MS_MAX = 3_600_000;
    private static final double MS_PER_S = 1e3;

    private final MapJvm jvm;

    @Spec
    private CommandSpec spec;

    @Option(names = "--host", paramLabel = "<host>", defaultValue = "embedded",
            description = "embedded (in the heap of the JVM that measures), cluster (that JVM is a member), client (it"
                    + " is a client); members beside it are processes on this machine; default: ${DEFAULT-VALUE}")
    private String hostName;

    @Option(names = "--members", paramLabel = "<count>", defaultValue = "2",
            description = "of a cluster, the JVM that measures included if it is one; entries have one backup; default:"
                    + " ${DEFAULT-VALUE}")
    private int members;

    @Option(names = "--systems", split = ",", paramLabel = "<system>",
            description = "embedded: penstock, penstock-evicting (with an eviction policy), penstock-view (read through"
                    + " localView()), chm (ConcurrentHashMap), caffeine (with an eviction policy), imap (of a Hazelcast"
                    + " member in this JVM), agrona (Long2ObjectHashMap, 1 thread); cluster and client: penstock,"
                    + " penstock-bare (keeps no journal), imap, imap-journal (keeps one), penstock-view, near-cache,"
                    + " query-cache, replicated (not client); default: all of the host's")
    private List<String> systemNames;

    @Option(names = "--ops", split = ",", paramLabel = "<operation>",
            description = "fill (puts of new keys into an empty map), get, view (look-ups of keys that are not boxed),"
                    + " view-pass (by a pass for 256), view-batch (256 at a time), scan (counted in entries), put (of"
                    + " present keys), update (by a function); on clusters neither fill nor scan, but get-all and"
                    + " put-all (100 at a time, counted in entries); those that a system does not have are left out;"
                    + " default: all of the host's")
    private List<String> opNames;

    @Option(names = "--threads", split = ",", paramLabel = "<count>",
            description = "threads that share the keys, or several numbers of them; default: 1,2, on clusters 1,16")
    private List<Integer> threads;

    @Option(names = "--entries", paramLabel = "<count>", description = "default: 1000000, on clusters 100000")
    private Integer entryCount;

    @Option(names = "--seconds", paramLabel = "<s>", defaultValue = "2",
            description = "how long each operation is measured; default: ${DEFAULT-VALUE}")
    private double seconds;

    @Option(names = "--warm-up-seconds", paramLabel = "<s>", defaultValue = "2",
            description = "how long each operation is done before; default: ${DEFAULT-VALUE}")
    private double warmUpSeconds;

    @Option(names = "--runs", paramLabel = "<count>", defaultValue = "3",
            description = "each in a new JVM; default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--writer", paramLabel = "<per second>", defaultValue = "0",
            description = "values that one more thread puts under present keys during get, view and view-batch (not"
                    + " agrona); default: none")
    private int writesPerSecond;

    @Option(names = "--json", description = "one JSON object a line, and nothing else, on standard output")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this text")
    private boolean help;

    MapBench(MapJvm jvm) {
        this.jvm = jvm;
    }

    /** The command, to be given what follows {@code map}. */
    public static CommandLine commandLine() {
        return commandLine(MapJvm::inNewJvm);
    }

    static CommandLine commandLine(MapJvm jvm) {
        return new CommandLine(new MapBench(jvm))
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println("bench map: " + e.getMessage() + "; see --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    commandLine.getErr().println("bench map: " + e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws Exception {
        MapHost host = named("host", List.of(hostName), List.of(MapHost.values()), MapHost::text).iterator().next();
        int entries = entryCount == null ? host.entryCount() : entryCount;
        check("--entries", entries, ENTRIES_MIN, ENTRIES_MAX);
        check("--members", members, 1, MEMBERS_MAX);
        check("--runs", runs, 1, 1000);
        check("--writer", writesPerSecond, 0, WRITES_MAX);
        Map<MapOrder, List<MapFigures>> figures = new LinkedHashMap<>();
        List<MapOrder> orders = orders(host, entries);
        for (int run = 1; run <= runs; run++) { // systems take turns
            for (MapOrder order : orders) {
                spec.commandLine().getErr().println(order + ", run " + run + " of " + runs);
                figures.computeIfAbsent(order, ignored -> new ArrayList<>()).add(jvm.measure(order));
            }
        }
        MapReport report = new MapReport(figures);
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            report.jsonLines().forEach(out::println);
            spec.commandLine().getErr().println(MapReport.othersLine(report.results()));
        } else {
            out.print(report.table());
        }
        out.flush();
        return report.answerOk() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private List<MapOrder> orders(MapHost host, int entries) {
        List<MapOp> ops = List.copyOf(named("operation", opNames, host.ops(), MapOp::text));
        Set<MapSystem> systems = named(
                "system", systemNames,
                Arrays.stream(MapSystem.values()).filter(system -> system.isOn(host)).toList(), MapSystem::text);
        List<MapOrder> orders = new ArrayList<>();
        for (int threadCount : threads == null ? host.threads() : threads) {
            check("--threads", threadCount, 1, 64);
            for (MapSystem system : systems) {
                MapOrder order = new MapOrder(
                        host, host.isCluster() ? members : 0, system, threadCount, entries,
                        ms("--warm-up-seconds", warmUpSeconds), ms("--seconds", seconds), writesPerSecond, ops);
                if (ops.stream().anyMatch(order::has) && (threadCount == 1 || system.isConcurrent())) {
                    orders.add(order);
                }
            }
        }
        if (orders.isEmpty()) {
            throw refused("none of the systems " + texts(systems, MapSystem::text) + " has " + texts(ops, MapOp::text)
                    + " with so many threads");
        }
        return orders;
    }

    /** @param names null for all that are there */
    private <T> Set<T> named(String thing, List<String> names, Collection<T> there, Function<T, String> textFn) {
        if (names == null) {
            return new LinkedHashSet<>(there);
        }
        Set<T> found = new LinkedHashSet<>();
        for (String name : names) {
            found.add(there.stream()
                    .filter(each -> textFn.apply(each).equals(name))
                    .findAny()
                    .orElseThrow(() -> refused(
                            "unknown " + thing + " '" + name + "'; there are: " + texts(there, textFn))));
        }
        return found;
    }

    private static <T> String texts(Collection<T> things, Function<T, String> textFn) {
        return things.stream().map(textFn).collect(Collectors.joining(", "));
    }

    private long ms(String option, double wanted) {
        long ms = Math.round(wanted * MS_PER_S);
        if (ms < 0 || ms > MS_MAX) {
            throw refused(String.format(Locale.ROOT, "%s must be from 0 to %d, but is %s", option,
                    TimeUnit.MILLISECONDS.toSeconds(MS_MAX), wanted));
        }
        return ms;
    }

    private void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw refused(option + " must be from " + min + " to " + max + ", but is " + value);
        }
    }

    private ParameterException refused(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}

package io.penstock.bench.codec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench codec}. */
@Command(
        name = "bench codec",
        sortOptions = false,
        description = "Measures how a record of eight fields becomes bytes and comes back: with the grid's codec, with"
                + " Apache Fory in compatible mode, and with Kryo.",
        footer = "Times are CPU time of the thread. Start it with one system at a time to compare first times.")
public final class CodecBench implements Callable<Integer> {

    private static final int COUNT_MAX = 100_000_000;

    @Spec
    private CommandSpec spec;

    @Option(names = "--systems", split = ",", paramLabel = "<name>", defaultValue = "penstock,fory,kryo",
            description = "default: ${DEFAULT-VALUE}")
    private List<String> systems;

    @Option(names = "--n", paramLabel = "<count>", defaultValue = "1000000",
            description = "values a round, of which there are nine; default: ${DEFAULT-VALUE}")
    private int count;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this text")
    private boolean help;

    private CodecBench() {}

    /** The command, to be given what follows {@code codec}. */
    public static CommandLine commandLine() {
        return new CommandLine(new CodecBench()).setParameterExceptionHandler((e, arguments) -> {
            e.getCommandLine().getErr().println("bench codec: " + e.getMessage() + "; see --help");
            return CommandLine.ExitCode.USAGE;
        });
    }

    @Override
    public Integer call() {
        for (String system : systems) {
            if (!Candidate.NAMES.contains(system)) {
                throw new ParameterException(
                        spec.commandLine(), "unknown system '" + system + "'; there are: "
                                + String.join(", ", Candidate.NAMES));
            }
        }
        if (count < 1 || count > COUNT_MAX) {
            throw new ParameterException(
                    spec.commandLine(), "--n must be from 1 to " + COUNT_MAX + ", but is " + count);
        }
        PrintWriter out = spec.commandLine().getOut();
        out.printf(Locale.ROOT, "%-10s%10s%8s%13s%13s%11s%11s%24s%18s%n", "", "first ms", "bytes", "encode ns",
                "decode ns", "garbage", "garbage", "damaged: order, other", "greediest bytes");
        for (String system : systems) {
            CodecFigures figures = CodecFigures.of(system, count, Math.min(count, 300_000));
            out.printf(Locale.ROOT, "%-10s%10d%8d%13.0f%13.0f%11d%11d%15.2f%% %6.2f%% %18d%n", figures.system(),
                    figures.firstMs(), figures.bytes(), figures.encodeNs(), figures.decodeNs(),
                    figures.encodeAllocated(), figures.decodeAllocated(), figures.damagedPercent(),
                    figures.foreignPercent(), figures.greediestBytes());
            out.flush();
        }
        return CommandLine.ExitCode.OK;
    }
}

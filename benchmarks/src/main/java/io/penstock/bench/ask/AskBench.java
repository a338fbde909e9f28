package io.penstock.bench.ask;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.function.ToDoubleFunction;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code bench ask}. */
@Command(
        name = "bench ask",
        sortOptions = false,
        description = "Measures a pipeline that is called as a function, at fixed rates, beside the same look-up, state"
                + " and model by hand on the calling thread.",
        footer = "Latency begins when a call should have been made, and ends when its answer is there. Exit code: 0 if"
                + " the answers agree, 1 if not or a call failed, 2 if the command is wrong.")
public final class AskBench implements Callable<Integer> {

    private static final double TOLERANCE = 1e-3;
    private static final int RATE_MAX = 1_000_000;
    private static final int CALLS_MAX = 10_000_000;

    /** A line of {@code --json}: medians of the runs, in microseconds. */
    record Result(
            String workload, String system, int threads, int rate, int calls, int runs,
            double p50Us, double p99Us, double maxUs, boolean answerOk) {}

    private final AskJvm jvm;

    @Spec
    private CommandSpec spec;

    @Option(names = "--rates", split = ",", paramLabel = "<per second>", defaultValue = "1,1000,20000",
            description = "default: ${DEFAULT-VALUE}")
    private List<Integer> rates;

    @Option(names = "--seconds", paramLabel = "<s>", defaultValue = "10",
            description = "how long a run takes; default: ${DEFAULT-VALUE}")
    private int seconds;

    @Option(names = "--runs", paramLabel = "<count>", defaultValue = "3", description = "default: ${DEFAULT-VALUE}")
    private int runs;

    @Option(names = "--warm-up-seconds", paramLabel = "<s>", defaultValue = "10",
            description = "how long each system is called at 20,000/s before; default: ${DEFAULT-VALUE}")
    private int warmUpSeconds;

    @Option(names = "--threads", paramLabel = "<count>", defaultValue = "2",
            description = "worker threads of the pipeline; default: ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--json", description = "one JSON object a line, and nothing else, on standard output")
    private boolean json;

    @Option(names = {"-h", "--help"}, usageHelp = true, description = "show this text")
    private boolean help;

    AskBench(AskJvm jvm) {
        this.jvm = jvm;
    }

    /** The command, to be given what follows {@code ask}. */
    public static CommandLine commandLine() {
        return commandLine(AskJvm::inNewJvm);
    }

    static CommandLine commandLine(AskJvm jvm) {
        return new CommandLine(new AskBench(jvm))
                .setParameterExceptionHandler((e, arguments) -> {
                    e.getCommandLine().getErr().println("bench ask: " + e.getMessage() + "; see --help");
                    return CommandLine.ExitCode.USAGE;
                })
                .setExecutionExceptionHandler((e, commandLine, result) -> {
                    commandLine.getErr().println("bench ask: " + e.getMessage());
                    return CommandLine.ExitCode.SOFTWARE;
                });
    }

    @Override
    public Integer call() throws Exception {
        check("--seconds", seconds, 1, 3600);
        check("--runs", runs, 1, 1000);
        check("--warm-up-seconds", warmUpSeconds, 0, 3600);
        check("--threads", threads, 1, 64);
        for (int rate : rates) {
            check("--rates", rate, 1, RATE_MAX);
            check("calls of a run, rate x seconds,", (long) rate * seconds, 1, CALLS_MAX);
        }
        List<AskFigures> ofPenstock = new ArrayList<>();
        List<AskFigures> ofHand = new ArrayList<>();
        for (int run = 1; run <= runs; run++) { // systems take turns
            ofPenstock.add(measure(AskOrder.PENSTOCK, run));
            ofHand.add(measure(AskOrder.HAND, run));
        }
        List<Result> results = new ArrayList<>();
        for (int i = 0; i < rates.size(); i++) {
            double expected = ofHand.get(0).rates().get(i).scoreSum();
            results.add(result(AskOrder.PENSTOCK, threads, i, ofPenstock, expected));
            results.add(result(AskOrder.HAND, 1, i, ofHand, expected));
        }
        print(results);
        return results.stream().allMatch(Result::answerOk) ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
    }

    private AskFigures measure(String system, int run) throws Exception {
        spec.commandLine().getErr().println("ask: run " + run + " of " + runs + ", " + system);
        return jvm.measure(new AskOrder(system, threads, warmUpSeconds, seconds, rates));
    }

    private void check(String option, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ParameterException(
                    spec.commandLine(), option + " must be from " + min + " to " + max + ", but is " + value);
        }
    }

    private Result result(String system, int threadCount, int index, List<AskFigures> runsOf, double expectedSum) {
        List<AskFigures.OfRate> figures = runsOf.stream().map(run -> run.rates().get(index)).toList();
        boolean answerOk = figures.stream()
                .allMatch(each -> Math.abs(each.scoreSum() - expectedSum) <= TOLERANCE * Math.abs(expectedSum));
        return new Result("ask", system, threadCount, figures.get(0).rate(), figures.get(0).calls(), figures.size(),
                median(figures, AskFigures.OfRate::p50Us),
                median(figures, AskFigures.OfRate::p99Us),
                median(figures, AskFigures.OfRate::maxUs),
                answerOk);
    }

    private static double median(List<AskFigures.OfRate> figures, ToDoubleFunction<AskFigures.OfRate> figure) {
        double[] sorted = figures.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private void print(List<Result> results) throws JsonProcessingException {
        if (!json) {
            out().printf(Locale.ROOT, "ask: look-up, state and model of a payment, %d runs of %d s%n", runs, seconds);
            out().printf(Locale.ROOT, "  %9s  %-9s %8s %10s %10s %10s  %s%n",
                    "calls/s", "system", "threads", "p50 us", "p99 us", "max us", "answers");
        }
        for (Result result : results) {
            if (json) {
                out().println(JsonMapper.builder().build().writeValueAsString(result));
            } else {
                out().printf(Locale.ROOT, "  %,9d  %-9s %8d %10.1f %10.1f %10.1f  %s%n",
                        result.rate(), result.system(), result.threads(), result.p50Us(), result.p99Us(),
                        result.maxUs(), result.answerOk() ? "right" : "WRONG");
            }
        }
        out().flush();
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}

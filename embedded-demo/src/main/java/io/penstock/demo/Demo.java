package io.penstock.demo;

import io.penstock.dag.JobException;
import io.penstock.dag.Source;
import io.penstock.demo.DemoCluster.MemberException;
import io.penstock.demo.FlightReader.Reading;
import io.penstock.demo.web.RunServer;
import io.penstock.grid.Grid;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.ScopeType;

/** The command line of the demo. What it prints for people to read goes by {@code help.txt}. */
@Command(name = "demo", subcommands = {TrainCommand.class, EvaluateCommand.class})
final class Demo implements Callable<Integer> {

    static final int OK = 0;
    static final int FAILED = 1;
    static final int WRONG_OPTIONS = 2;

    private static final int THREADS_MAX = 256;
    private static final int MEMBERS_MAX = 9;
    private static final long KILL_AT = 150_000;
    private static final double MS_PER_SECOND = 1_000;
    private static final long PROGRESS_MS = 1_000;
    private static final long PROGRESS_IN_PLACE_MS = 500;

    /** What is wrong with the input, as a member says it, which sends words instead of exceptions. */
    private static final Pattern BAD_FLIGHTS = Pattern.compile(
            BadFlightsException.class.getSimpleName() + ": (.*) \\(on member [^)]*\\)$", Pattern.DOTALL);

    @Option(names = "--input")
    private Path input;

    @Option(names = "--skip-bad")
    private boolean skipsBadRows;

    @Option(names = "--threads", scope = ScopeType.INHERIT)
    private Integer threads;

    @Option(names = "--deploy-at")
    private long deployAt = FlightJob.DEPLOY_AT;

    @Option(names = "--rate")
    private double rate = Double.POSITIVE_INFINITY;

    /** 0 for none: the job runs in this JVM. */
    @Option(names = "--cluster")
    private int members;

    /** Null unless given. */
    @Option(names = "--kill-at")
    private Long killAt;

    @Option(names = "--no-kill")
    private boolean killsNone;

    @Option(names = "--json")
    private boolean isJson;

    /** The port, or 0 for any; null for no page. */
    @Option(names = "--web", arity = "0..1", fallbackValue = "0")
    private Integer webPort;

    @Option(names = {"-h", "--help"}, help = true, scope = ScopeType.INHERIT)
    private boolean isHelp;

    /** Set by the script, which knows whether it writes to a terminal. */
    @Option(names = "--progress-in-place", hidden = true)
    private boolean isInPlace;

    private final PrintStream out;
    private final PrintStream err;

    private Demo(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    public static void main(String[] arguments) {
        System.exit(run(arguments, System.out, System.err));
    }

    /** Returns the exit code. */
    static int run(String[] arguments, PrintStream out, PrintStream err) {
        Demo demo = new Demo(out, err);
        return new CommandLine(demo)
                .setExecutionStrategy(demo::execute)
                .setParameterExceptionHandler((e, ignored) -> {
                    err.println("demo: " + e.getMessage() + "; ./demo --help lists the options");
                    return WRONG_OPTIONS;
                })
                .setExecutionExceptionHandler((e, command, parsed) -> {
                    if (e instanceof JobException failure) {
                        err.println("demo: " + reason(failure));
                        return FAILED;
                    }
                    if (e instanceof BindException || e instanceof MemberException) {
                        err.println("demo: " + e.getMessage());
                        return FAILED;
                    }
                    if (e instanceof FileSystemException failure) {
                        err.println("demo: cannot write " + failure.getFile() + " (" + failure.getClass().getSimpleName()
                                + ")");
                        return FAILED;
                    }
                    throw e;
                })
                .execute(arguments);
    }

    /** Prints the help, or runs what was asked for when the options make sense. */
    private int execute(ParseResult parsed) {
        if (isHelp) {
            out.print(help());
            return OK;
        }
        CommandLine command = parsed.commandSpec().commandLine();
        check(command, threads() >= 1 && threads() <= THREADS_MAX,
                "--threads must be from 1 to " + THREADS_MAX + ", but is " + threads);
        checkCluster(command);
        check(command, deployAt >= 1, "--deploy-at must be the number of a flight, from 1, but is " + deployAt);
        check(command, rate > 0, "--rate must be larger than 0, but is " + rate);
        check(command, webPort == null || webPort >= 0 && webPort <= RunServer.PORT_MAX,
                "--web must be from 0 to " + RunServer.PORT_MAX + ", but is " + webPort);
        return new CommandLine.RunLast().execute(parsed);
    }

    private void checkCluster(CommandLine command) {
        boolean isOnCluster = command.getParseResult().hasMatchedOption("--cluster");
        check(command, !isOnCluster || members >= 1 && members <= MEMBERS_MAX,
                "--cluster must be from 1 to " + MEMBERS_MAX + " members, but is " + members);
        check(command, isOnCluster || killAt == null && !killsNone,
                "--kill-at and --no-kill need --cluster, whose members they are about");
        check(command, killAt == null || !killsNone, "--kill-at and --no-kill exclude each other");
        check(command, killAt == null || killAt >= 1,
                "--kill-at must be the number of a flight, from 1, but is " + killAt);
        check(command, killAt == null || members > 1, "--kill-at needs a --cluster of 2 at least: one has to go on");
    }

    private static void check(CommandLine command, boolean isGood, String message) {
        if (!isGood) {
            throw new ParameterException(command, message);
        }
    }

    @Override
    public Integer call() throws InterruptedException, IOException {
        InputFile file = input == null ? InputFile.SAMPLE : InputFile.of(input);
        Reading reading =
                Reading.of(file).skippingBadRows(skipsBadRows).at(new Pace.Rate(rate, System::nanoTime));
        try (StopSignal stop = new StopSignal();
                DemoCluster cluster = members == 0 ? null : DemoCluster.start(members, FlightPipeline.SCORED_MAX);
                FlightJob job = start(cluster, FlightReader.source(reading));
                DemoPage page = DemoPage.open(webPort, job, file, err)) {
            stop.onRaise(job.job()::cancel);
            follow(cluster, job);
            showSkipped(job);
            Summary summary = Summary.of(job, file);
            out.print(isJson ? SummaryJson.of(summary) + System.lineSeparator() : SummaryText.of(summary));
            out.flush();
            if (page != null && !isJson) {
                page.stay(stop);
            }
            return OK;
        }
    }

    /** @param cluster null for this JVM */
    private FlightJob start(DemoCluster cluster, Source<FlightEvent> flights) {
        if (cluster == null) {
            return new FlightJob(flights, threads(), deployAt, FlightPipeline.SCORED_MAX);
        }
        Grid client = FlightGrid.client(cluster.name(), cluster.addresses(), FlightPipeline.SCORED_MAX);
        return FlightJob.onCluster(client, flights, threads(), deployAt);
    }

    /** Those that were asked for, or one for each core, which members share. */
    int threads() {
        return threads != null ? threads : Math.max(1, Runtime.getRuntime().availableProcessors() / Math.max(1, members));
    }

    PrintStream out() {
        return out;
    }

    /** Shows the job's progress until it ends, and kills a member meanwhile if there is one to spare. */
    private void follow(DemoCluster cluster, FlightJob job) throws InterruptedException, IOException {
        Progress progress = new Progress(err, isInPlace);
        MemberKill kill = members < 2 || killsNone ? null
                : new MemberKill(cluster, job, killAt == null ? KILL_AT : killAt, line -> {
                    progress.end();
                    err.println("demo: " + line);
                });
        double periodSeconds = (isInPlace ? PROGRESS_IN_PLACE_MS : PROGRESS_MS) / MS_PER_SECOND;
        double shownSeconds = 0;
        try {
            while (!job.await(kill == null ? PROGRESS_IN_PLACE_MS : MemberKill.LOOK_MS)) {
                if (kill != null) {
                    kill.look();
                }
                if (job.seconds() >= shownSeconds + periodSeconds) {
                    shownSeconds = job.seconds();
                    progress.show(job.counts(), job.evaluation().aucRecent(), shownSeconds);
                }
            }
            if (kill != null && !job.isCancelled()) {
                kill.end();
            }
        } finally {
            progress.end();
        }
    }

    /** Says what was wrong with the malformed lines, or with the last of them. */
    private void showSkipped(FlightJob job) {
        NavigableMap<Long, SkippedRow> skipped = new TreeMap<>(job.grid().map(FlightPipeline.SKIPPED));
        while (skipped.size() > FlightPipeline.SKIPPED_MAX) { // on a cluster about so many are kept
            skipped.pollFirstEntry();
        }
        long others = job.counts().skippedRows() - skipped.size();
        if (others > 0) {
            err.println("demo: skipped " + others + " lines, and the last ones:");
        }
        skipped.forEach((line, row) -> err.println("demo: skipped line " + line + ": " + row.reason()));
    }

    /** What is wrong with the input, if that is why the job failed. */
    private static String reason(JobException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof BadFlightsException bad) {
                return bad.getMessage();
            }
        }
        Matcher bad = BAD_FLIGHTS.matcher(failure.getMessage());
        return bad.find() ? bad.group(1) : failure.getMessage();
    }

    private static String help() {
        try (InputStream in = Demo.class.getResourceAsStream("help.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

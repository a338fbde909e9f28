package io.penstock.testing;

import io.penstock.dag.Failure;
import io.penstock.dag.JobException;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Tag;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.testing.FunctionModels;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Runs a pipeline in a test: on the calling thread, in virtual time, on a grid of its own, with scripted events in
 * place of its sources. Plan, operators and queues are those of a job of the engine.
 *
 * <pre>{@code
 * try (PipelineTest test = PipelineTest.of(pipeline)) {
 *     test.with(MERCHANTS, "m1", new Merchant("m1", 0.2f))
 *             .model("fraud", row -> 0.97f)
 *             .at("10:00", payment)
 *             .advanceTo("11:00")
 *             .expectOn(ALERTS, "p1", new Alert("p1", 0.97f));
 * }
 * }</pre>
 *
 * <p><b>Input.</b> Each call that sends events or moves time returns when the job has nothing more to do. Events sent
 * by one call may be interleaved as the seed decides; those of the next call come after all that followed from them.
 *
 * <p><b>Time</b> is the same for all sources, and never goes back. A clock time without a date is one of 1970-01-01,
 * UTC. The time of an event is what {@code withTimestamps} says about it, not when the test sends it.
 *
 * <p><b>Expectations</b> look at what there is at that moment, and throw an {@link AssertionError} that says what was
 * expected and found, at what time, with which seed. It shows events and entries, which are the test's own.
 *
 * <p><b>Failure.</b> If the job fails, the next call but {@link #expectFailure} throws, or {@link #close()} does.
 *
 * <p>Not thread-safe, and starts no thread. Needs no test framework.
 */
public final class PipelineTest implements AutoCloseable {

    private final Grid grid = Grid.embedded(config -> config.name("test"));
    private final FunctionModels models;
    private final TestedJob job;
    private boolean failureSeen;
    private boolean closed;

    private PipelineTest(LogicalPlan plan, PipelineTestOptions options) {
        TestClock clock = new TestClock();
        models = FunctionModels.of(grid, clock::nowMs);
        job = new TestedJob(grid, plan, clock, options);
    }

    /** A test of a pipeline for 2 workers, with the seed 1. */
    public static PipelineTest of(Pipeline pipeline) {
        return of(pipeline, options -> {});
    }

    /**
     * A test of a pipeline, with settings.
     *
     * @throws IllegalArgumentException if the pipeline is one that could not be submitted; the message says why
     */
    public static PipelineTest of(Pipeline pipeline, Consumer<PipelineTestOptions> settings) {
        PipelineTestOptions options = new PipelineTestOptions();
        settings.accept(options);
        return new PipelineTest(pipeline.forHost(), options);
    }

    /** The grid that the pipeline sees: for maps and models in other ways than below. */
    public Grid grid() {
        return grid;
    }

    /** Puts entries into a map, now or between two events; a source that follows the map gives those as changes. */
    public <K, V> PipelineTest with(MapRef<K, V> ref, Map<? extends K, ? extends V> entries) {
        checkGoesOn();
        grid.map(ref).putAll(entries);
        job.follow();
        return this;
    }

    /** Puts an entry into a map. */
    public <K, V> PipelineTest with(MapRef<K, V> ref, K key, V value) {
        checkGoesOn();
        grid.map(ref).put(key, value);
        job.follow();
        return this;
    }

    /**
     * Makes a function a model: for rows of any number of values, with one output of one value, which is found under
     * whatever name it is asked for. A second function of the same name is the model's next version.
     */
    public PipelineTest model(String name, RowFunction function) {
        return modelWithOutputs(name, withAnyOutput(function));
    }

    /**
     * Makes a function the version of a model that scores the events from a time on; for a model that has one for those
     * before.
     *
     * @param time as for {@link #at(String, Object...)}
     */
    public PipelineTest modelFrom(String time, String name, RowFunction function) {
        checkGoesOn();
        models.deploy(name, withAnyOutput(function), options -> options.from(TestClock.parse(time)));
        return this;
    }

    private static FunctionModels.Function withAnyOutput(RowFunction function) {
        return row -> Map.of(FunctionModels.ANY_OUTPUT, new float[] {function.score(row)});
    }

    /** Makes a function a model that gives several outputs, or several values, by name. */
    public PipelineTest modelWithOutputs(String name, FunctionModels.Function function) {
        checkGoesOn();
        models.deploy(name, function);
        return this;
    }

    /**
     * Lets time pass to {@code time}, and then sends events into the only source. Timers and windows see the time
     * before the events come; but the lag that {@code withTimestamps} allows is left to late ones, as an event of that
     * time would leave it.
     *
     * @param time {@code HH:mm}, {@code HH:mm:ss}, an ISO instant, or ms since the epoch
     * @param events none if there are several sources; {@link #into} then says where they go
     * @throws IllegalArgumentException if it is no time, or before the test's time
     */
    public PipelineTest at(String time, Object... events) {
        return at(TestClock.parse(time), events);
    }

    /** {@link #at(String, Object...)} with a time in ms since the epoch. */
    public PipelineTest at(long timeMs, Object... events) {
        begin();
        Script source = events.length == 0 ? null : job.onlySource();
        job.passTo(timeMs);
        return source == null || job.failure() != null ? this : sendTo(source, events);
    }

    /** Sends events into the only source, without moving time. */
    public PipelineTest send(Object... events) {
        begin();
        return sendTo(job.onlySource(), events);
    }

    /**
     * Sends events into a source, without moving time.
     *
     * @param source the source stage's name
     * @throws IllegalArgumentException if there is no such source; the message lists those there are
     */
    public PipelineTest into(String source, Object... events) {
        begin();
        return sendTo(job.source(source), events);
    }

    private PipelineTest sendTo(Script source, Object[] events) {
        job.send(source, events);
        return this;
    }

    /**
     * Asks a pipeline that answers calls, without moving time, and returns its answer. Like a caller's, this type is the
     * test's word.
     *
     * @throws AssertionError if it has none; the message names the stage that left the input out, and why
     */
    @SuppressWarnings("unchecked")
    public <O> O call(Object input) {
        CompletableFuture<Object> answer = answerTo(input);
        if (answer.isCompletedExceptionally()) {
            throw new AssertionError("expected an answer to " + input + ", but there is none: " + noAnswer(answer)
                    + job.standing());
        }
        return (O) answer.join();
    }

    /**
     * Asks a pipeline that answers calls, and expects it to have no answer.
     *
     * @param part of the reason that a caller is told
     */
    public PipelineTest expectNoAnswer(Object input, String part) {
        CompletableFuture<Object> answer = answerTo(input);
        String found = answer.isCompletedExceptionally() ? noAnswer(answer) : "the answer " + answer.join();
        return expect("call of " + input, answer.isCompletedExceptionally() && found.contains(part) ? null
                : "expected no answer, with '" + part + "', but found: " + found);
    }

    private CompletableFuture<Object> answerTo(Object input) {
        begin();
        CompletableFuture<Object> answer = job.call(input);
        checkGoesOn();
        if (!answer.isDone()) {
            throw new AssertionError("the pipeline has come to rest without an answer to " + input + job.standing());
        }
        return answer;
    }

    private static String noAnswer(CompletableFuture<Object> answer) {
        return answer.handle((ignored, failure) -> failure.getMessage()).join();
    }

    /**
     * Moves time on without events: no event before {@code time} will come from any source, so that windows close,
     * timers fire, and an older event is late, whatever lag is allowed.
     *
     * @param time as for {@link #at(String, Object...)}
     */
    public PipelineTest advanceTo(String time) {
        return advanceTo(TestClock.parse(time));
    }

    /** {@link #advanceTo(String)} with a time in ms since the epoch. */
    public PipelineTest advanceTo(long timeMs) {
        begin();
        job.advanceTo(timeMs);
        return this;
    }

    /** Ends all sources; the last watermark closes all windows, and the job completes. */
    public PipelineTest end() {
        begin();
        job.end();
        return this;
    }

    /** Expects a map to have an entry. Values are compared by {@code equals}, arrays by their content. */
    public <K, V> PipelineTest expectOn(MapRef<K, V> ref, K key, V value) {
        begin();
        return expect(nameOf(ref), Expectations.differenceOfValue(grid.map(ref), key, value));
    }

    /** Expects a map to have these entries and no others. */
    public <K, V> PipelineTest expectOn(MapRef<K, V> ref, Map<? extends K, ? extends V> entries) {
        begin();
        return expect(nameOf(ref), Expectations.differenceOfContent(new HashMap<>(grid.map(ref)), entries));
    }

    /** Expects a map to be empty. */
    public PipelineTest expectNothingOn(MapRef<?, ?> ref) {
        begin();
        Map<?, ?> found = grid.map(ref);
        return expect(nameOf(ref), found.isEmpty() ? null
                : "expected nothing, but found" + Expectations.entries(found));
    }

    private static String nameOf(MapRef<?, ?> ref) {
        return "map '" + ref.name() + "'";
    }

    /** All that has come to a side output so far; a copy. */
    @SuppressWarnings("unchecked")
    public <T> List<T> sideOutput(Tag<T> tag) {
        begin();
        return (List<T>) List.copyOf(job.sideOutput(tag));
    }

    /** Expects so many events to have come to a side output so far. */
    public PipelineTest expectSideOutput(Tag<?> tag, int count) {
        List<?> found = sideOutput(tag);
        return expect(nameOf(tag), found.size() == count ? null : "expected "
                + Expectations.counted(count, "event", "events") + ", but found " + found.size()
                + (found.isEmpty() ? "" : Expectations.events(found)));
    }

    /**
     * Expects that as many failures have come to a side output so far as there are {@code reasons}, in any order, and
     * that each one's reason contains one of these.
     */
    public PipelineTest expectSideOutput(Tag<? extends Failure<?>> tag, String... reasons) {
        return expect(nameOf(tag), Expectations.differenceOfReasons(sideOutput(tag), List.of(reasons)));
    }

    /** Expects an event to have come to a side output for which the predicate holds. */
    public <T> PipelineTest expectSideOutput(Tag<T> tag, Predicate<? super T> predicate) {
        List<T> found = sideOutput(tag);
        return expect(nameOf(tag), found.stream().anyMatch(predicate) ? null
                : "expected an event for which the predicate holds, but found" + Expectations.events(found));
    }

    private static String nameOf(Tag<?> tag) {
        return "side output '" + tag.name() + "'";
    }

    /** Expects a counter of a stage, as the sum over its instances: {@code in}, {@code out}, {@code failures}, ... */
    public PipelineTest expectCount(String stage, String counter, long count) {
        begin();
        job.checkStage(stage);
        List<String> counters = job.counters(stage);
        if (!counters.contains(counter)) {
            throw new IllegalArgumentException(
                    "stage '" + stage + "' has no counter '" + counter + "'; it has " + counters);
        }
        long found = job.metrics().count(stage, counter);
        return expect("stage '" + stage + "'", found == count ? null
                : "expected count '" + counter + "' to be " + count + ", but it is " + found);
    }

    /** Expects the job to have failed, in that stage. */
    public PipelineTest expectFailure(String stage) {
        return expectFailure(stage, "");
    }

    /**
     * Expects the job to have failed, in that stage, and for that reason.
     *
     * @param part of the failure's message, or of that of its cause
     */
    public PipelineTest expectFailure(String stage, String part) {
        checkOpen();
        job.checkStage(stage);
        job.start();
        JobException failure = job.failure();
        if (failure == null) {
            return expect("stage '" + stage + "'",
                    "expected the job to fail there, but it " + (job.isCompleted() ? "has completed" : "runs"));
        }
        failureSeen = true;
        String found = describe(failure);
        if (!stage.equals(failure.stage())) {
            throw new AssertionError("stage '" + stage + "': expected the job to fail there, but it failed elsewhere: "
                    + found + job.standing(), failure);
        }
        if (!found.contains(part)) {
            throw new AssertionError("stage '" + stage + "': expected the job to fail there with '" + part
                    + "', but it failed with: " + found + job.standing(), failure);
        }
        return this;
    }

    private static String describe(JobException failure) {
        Throwable cause = failure.getCause();
        String text = failure.getMessage() + (cause == null ? "" : "\n  caused by " + cause);
        return cause instanceof ClassCastException
                ? text + "\n  (was an event of another type sent than the source's?)"
                : text;
    }

    private PipelineTest expect(String subject, String difference) {
        if (difference != null) {
            throw new AssertionError(subject + ": " + difference + job.standing());
        }
        return this;
    }

    private void begin() {
        checkGoesOn();
        job.start();
        checkGoesOn();
    }

    private void checkGoesOn() {
        checkOpen();
        if (job.failure() != null && !failureSeen) {
            throw unexpected();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException("the test is closed; make a new one");
        }
    }

    private AssertionError unexpected() {
        failureSeen = true;
        return new AssertionError(
                "the job was not expected to fail: " + describe(job.failure()) + job.standing(), job.failure());
    }

    /**
     * Cancels the job and closes the grid.
     *
     * @throws AssertionError if the job has failed and nobody has asked
     */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try (grid) {
            job.close();
            if (job.failure() != null && !failureSeen) {
                throw unexpected();
            }
        }
    }
}

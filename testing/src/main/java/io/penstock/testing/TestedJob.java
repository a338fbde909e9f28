package io.penstock.testing;

import io.penstock.dag.JobException;
import io.penstock.dag.JobMetrics;
import io.penstock.dag.JobStatus;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.Tag;
import io.penstock.dag.call.CallPlan;
import io.penstock.dag.call.LoneCall;
import io.penstock.dag.engine.SteppedJob;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Planner;
import io.penstock.dag.plan.StageNode;
import io.penstock.grid.Grid;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** The pipeline as a job that goes on only when the test says so. Starts with its first input or expectation. */
final class TestedJob implements AutoCloseable {

    private static final int LINE_CHARACTERS_MAX = 110;

    private final Grid grid;
    private final PipelineTestOptions options;
    private final List<String> stages;
    private final Random random;
    private final TestPlan plan;
    private final TestClock clock;
    private SteppedJob job;
    private JobException failure;
    private boolean ended;

    TestedJob(Grid grid, LogicalPlan pipeline, TestClock clock, PipelineTestOptions options) {
        this.grid = grid;
        this.clock = clock;
        this.options = options;
        stages = pipeline.stages().stream().map(StageNode::name).toList();
        random = new Random(options.seed());
        plan = TestPlan.of(pipeline, options.workers(), random);
    }

    void start() {
        if (job != null || failure != null) {
            return;
        }
        try {
            job = SteppedJob.start(grid, "test", Planner.plan(plan.logical(), options.workers()), random);
        } catch (JobException e) {
            failure = e;
            return;
        }
        run();
    }

    private void run() {
        job.runUntilIdle();
        failure = job.failure();
    }

    /** Lets the job do what follows from changes of maps, if it has started. */
    void follow() {
        if (job != null && failure == null) {
            run();
        }
    }

    /** The source of that name. */
    Script source(String name) {
        Script script = plan.scripts().get(name);
        if (script == null) {
            throw new IllegalArgumentException(
                    "the pipeline has no source '" + name + "'; its sources are " + plan.scripts().keySet());
        }
        return script;
    }

    Script onlySource() {
        if (plan.scripts().size() != 1) {
            throw new IllegalArgumentException("the pipeline has several sources, " + plan.scripts().keySet()
                    + "; say which: at(time).into(source, event...)");
        }
        return plan.scripts().values().iterator().next();
    }

    void send(Script source, Object[] events) {
        checkTakesInput();
        for (Object event : events) {
            if (event == null) {
                throw new IllegalArgumentException("an event for source '" + source.source() + "' is null");
            }
        }
        for (Object event : events) {
            source.send(event);
        }
        run();
    }

    /**
     * Asks, and lets the job do all it can. The answer is there then, unless the job has failed.
     *
     * @throws IllegalArgumentException if the pipeline does not take calls, or not such an input
     */
    CompletableFuture<Object> call(Object input) {
        checkTakesInput();
        CallPlan calls = plan.calls().orElseThrow(() -> new IllegalArgumentException(
                "the pipeline takes no calls; begin it with readFrom(Sources.calls(name, type)), or use send(...)"));
        LoneCall call = new LoneCall(calls, input);
        source(calls.callsStage()).send(call.row());
        run();
        return call.answer().toCompletableFuture();
    }

    /** Lets time pass as events of that time would, in all sources. */
    void passTo(long timeMs) {
        checkTakesInput();
        clock.moveTo(timeMs);
        plan.scripts().values().forEach(script -> script.passTo(timeMs));
        run();
    }

    /** Says that no event before that time will come from any source. */
    void advanceTo(long timeMs) {
        checkTakesInput();
        clock.moveTo(timeMs);
        plan.scripts().values().forEach(script -> script.advanceTo(timeMs));
        run();
    }

    void end() {
        checkTakesInput();
        ended = true;
        plan.scripts().values().forEach(Script::end);
        run();
    }

    private void checkTakesInput() {
        if (failure != null) {
            throw new IllegalStateException("the job has failed and takes no more input: " + failure.getMessage());
        }
        if (ended) {
            throw new IllegalStateException("the sources have ended; send events and advance time before end()");
        }
    }

    /** Why the job failed; null if it has not. */
    JobException failure() {
        return failure;
    }

    boolean isCompleted() {
        return job != null && job.status() == JobStatus.COMPLETED;
    }

    List<Object> sideOutput(Tag<?> tag) {
        Tap tap = plan.taps().get(tag);
        if (tap == null) {
            throw new IllegalArgumentException("the pipeline has no side output '" + tag.name() + "'; it has "
                    + plan.taps().keySet().stream().map(Tag::name).toList());
        }
        return tap.events();
    }

    void checkStage(String stage) {
        if (!stages.contains(stage)) {
            throw new IllegalArgumentException(
                    "the pipeline has no stage '" + stage + "'; its stages are " + stages);
        }
    }

    /** What the stages have done so far; nothing if the job could not start. */
    JobMetrics metrics() {
        return job == null ? new JobMetrics(List.of()) : job.metrics();
    }

    /** Where the test stands, for a message: the time, how to repeat it, and what each stage has taken and sent. */
    String standing() {
        StringBuilder text = new StringBuilder("\n  at " + clock + ", seed " + options.seed() + ", " + options.workers()
                + " workers");
        if (job == null) {
            return text.toString();
        }
        String line = "  events in > out: " + counts(stages.get(0));
        for (String stage : stages.subList(1, stages.size())) {
            String counts = counts(stage);
            if (line.length() + counts.length() > LINE_CHARACTERS_MAX) {
                text.append('\n').append(line).append(',');
                line = "    " + counts;
            } else {
                line += ", " + counts;
            }
        }
        return text.append('\n').append(line).toString();
    }

    private String counts(String stage) {
        JobMetrics metrics = metrics();
        List<String> others = counters(stage).stream()
                .filter(counter -> !counter.equals("in") && !counter.equals("out"))
                .filter(counter -> metrics.count(stage, counter) > 0)
                .map(counter -> metrics.count(stage, counter) + " " + counter)
                .toList();
        return stage + " " + metrics.eventsIn(stage) + " > " + metrics.eventsOut(stage)
                + (others.isEmpty() ? "" : " " + others);
    }

    /** The counters of a stage; empty if the job could not start. */
    List<String> counters(String stage) {
        return metrics().ofStage(stage).stream()
                .map(StageMetrics::counters)
                .flatMap(counters -> counters.keySet().stream())
                .distinct()
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        if (job != null) {
            job.close();
        }
    }
}

package io.penstock.dag;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.MapSizes;
import io.penstock.dag.plan.PlanText;
import io.penstock.dag.plan.Planner;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.step.PassThrough;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The description of a job: stages from sources to sinks. Describes only; nothing runs before {@link Jobs#submit}.
 *
 * <p>Not thread-safe. May be submitted several times.
 */
public final class Pipeline {

    private static final StackWalker CALLERS = StackWalker.getInstance();
    private static final Set<String> API = Set.of(
            Pipeline.class.getName(), Stage.class.getName(), KeyedStage.class.getName(), WindowedStage.class.getName());

    private final Map<String, StageNode> stages = new LinkedHashMap<>();
    private final Map<Tag<?>, String> sideOutputs = new LinkedHashMap<>();
    private final Set<String> timestamped = new HashSet<>();

    private Pipeline() {}

    public static Pipeline create() {
        return new Pipeline();
    }

    /** Adds a source. */
    public <T> Stage<T> readFrom(Source<T> source) {
        String name = add(source.name(), false, source.spec(), List.of(), source.parallelism());
        return new Stage<>(this, name, 0);
    }

    /**
     * What stages send to {@code tag}: late events, misses, failures. All stages that name the tag are merged.
     *
     * @throws IllegalArgumentException if the pipeline reads the tag already
     */
    public <T> Stage<T> sideOutput(Tag<T> tag) {
        if (sideOutputs.containsKey(tag)) {
            throw new IllegalArgumentException(
                    "side output '" + tag.name() + "' is read already; keep the stage and use it twice");
        }
        String name = add(tag.name(), false, PassThrough.spec("sideOutput"), List.of(), 0);
        sideOutputs.put(tag, name);
        timestamped.add(name);
        return new Stage<>(this, name, 0);
    }

    /**
     * How the pipeline would run with that many workers, in a stable order: vertices, their stages and the exchanges
     * between them, and for each stage in which compiled loop it runs, or why it is interpreted. How a map is looked up
     * depends on its size, which only {@link Job#explain()} knows; here all are taken as big.
     *
     * @throws IllegalArgumentException if the pipeline is not complete; the message says what is missing
     */
    public String explain(int workerCount) {
        return PlanText.explain(Planner.plan(logicalPlan(), workerCount));
    }

    /**
     * How the pipeline would run on a cluster, of whatever size, with the default options; otherwise as {@link
     * #explain(int)}. Where a map is looked up depends on its size, too: here none is copied to every member.
     *
     * @throws IllegalArgumentException if the pipeline is not complete; the message says what is missing
     */
    public String explainOnCluster() {
        return PlanText.explain(
                Planner.forCluster(logicalPlan(), MapSizes.unknown(), JobOptions.COPY_MAPS_UP_TO));
    }

    /** What {@link #explain(int)} says, as a graph in the language of Graphviz. */
    public String toDot(int workerCount) {
        return PlanText.toDot(Planner.plan(logicalPlan(), workerCount));
    }

    /**
     * Adds a stage.
     *
     * @param name the user's name for it, or one to derive a unique name from
     * @param explicit whether the user gave the name, so that it must not be changed
     */
    String add(String name, boolean explicit, OperatorSpec spec, List<StageInput> inputs, int parallelism) {
        String unique = name;
        if (stages.containsKey(name)) {
            if (explicit) {
                throw new IllegalArgumentException("stage '" + name + "' exists already (added at "
                        + stages.get(name).calledAt() + "); give each stage a name of its own");
            }
            for (int ordinal = 2; stages.containsKey(unique); ordinal++) {
                unique = name + "-" + ordinal;
            }
        }
        stages.put(unique, new StageNode(unique, callerLine(), spec, inputs, parallelism));
        if (inputs.stream().allMatch(input -> timestamped.contains(input.from())) && !inputs.isEmpty()) {
            timestamped.add(unique);
        }
        return unique;
    }

    void markTimestamped(String stage) {
        timestamped.add(stage);
    }

    boolean isTimestamped(String stage) {
        return timestamped.contains(stage);
    }

    /**
     * The pipeline in the form that hosts plan and run; for hosts and test kits. The form is internal and may change
     * with any release.
     *
     * @throws IllegalArgumentException if the pipeline is not complete, or a function of it cannot be serialized; the
     *     message names the stage, its line, and the field that holds the culprit
     */
    public LogicalPlan forHost() {
        LogicalPlan logical = logicalPlan();
        Serialization.check(logical);
        return logical;
    }

    /** The stages, with side outputs tied to those who write them. */
    LogicalPlan logicalPlan() {
        List<StageNode> nodes = new ArrayList<>();
        Map<Tag<?>, List<StageInput>> writers = new LinkedHashMap<>();
        for (StageNode stage : stages.values()) {
            List<Tag<?>> tags = stage.spec().sideOutputs();
            for (int i = 0; i < tags.size(); i++) {
                Tag<?> tag = tags.get(i);
                if (!sideOutputs.containsKey(tag)) {
                    throw new IllegalArgumentException("stage '" + stage.name() + "' (" + stage.calledAt()
                            + ") writes to side output '" + tag.name() + "', which nothing reads; add"
                            + " pipeline.sideOutput(tag).writeTo(...)");
                }
                writers.computeIfAbsent(tag, ignored -> new ArrayList<>())
                        .add(new StageInput(stage.name(), i + 1, null));
            }
        }
        Map<String, List<StageInput>> inputs = new LinkedHashMap<>();
        sideOutputs.forEach((tag, reader) -> {
            if (!writers.containsKey(tag)) {
                throw new IllegalArgumentException("side output '" + tag.name() + "' ("
                        + stages.get(reader).calledAt() + ") is read, but no stage writes to it");
            }
            inputs.put(reader, writers.get(tag));
        });
        for (StageNode stage : stages.values()) {
            List<StageInput> tied = inputs.get(stage.name());
            nodes.add(tied == null ? stage : stage.withInputs(tied));
        }
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("the pipeline is empty; begin with readFrom(...)");
        }
        return new LogicalPlan(inOrder(nodes));
    }

    /** Sorts stages so that each comes after those it reads from; otherwise in the order in which they were added. */
    private static List<StageNode> inOrder(List<StageNode> nodes) {
        List<StageNode> sorted = new ArrayList<>();
        Set<String> done = new HashSet<>();
        List<StageNode> left = new ArrayList<>(nodes);
        while (!left.isEmpty()) {
            List<StageNode> ready = left.stream()
                    .filter(node -> node.inputs().stream().allMatch(input -> done.contains(input.from())))
                    .toList();
            if (ready.isEmpty()) {
                throw new IllegalArgumentException(
                        "stages " + left.stream().map(StageNode::name).toList() + " read from each other in a circle");
            }
            StageNode next = ready.get(0);
            sorted.add(next);
            done.add(next.name());
            left.remove(next);
        }
        return sorted;
    }

    /** The line that called the outermost method of this API, which is the user's, also when a library adds stages. */
    private static String callerLine() {
        return CALLERS.walk(frames -> {
            String line = "unknown line";
            boolean isInApi = false;
            for (StackWalker.StackFrame frame : (Iterable<StackWalker.StackFrame>) frames::iterator) {
                if (API.contains(frame.getClassName())) {
                    isInApi = true;
                } else if (isInApi) {
                    line = frame.getFileName() + ":" + frame.getLineNumber();
                    isInApi = false;
                }
            }
            return line;
        });
    }
}

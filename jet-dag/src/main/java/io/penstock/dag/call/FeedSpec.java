package io.penstock.dag.call;

import io.penstock.dag.Feed;
import io.penstock.dag.SupplierEx;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.plan.LogicalPlan;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.plan.Vertex;
import java.util.List;

/**
 * A feed in a pipeline, before it has a job.
 *
 * @param capacity how many events may wait
 */
public record FeedSpec(Class<?> type, int capacity) implements SupplierEx<Operator> {

    /** The feed of a running job. */
    private record Live(FeedDesk<?> desk) implements SupplierEx<Operator> {

        @Override
        public Operator getEx() {
            return desk.newSource();
        }
    }

    @Override
    public Operator getEx() {
        throw new IllegalStateException("a feed has no operator before its job starts");
    }

    /** Refuses a plan that only works in the JVM that feeds it. */
    public static void refuseIn(LogicalPlan plan) {
        for (StageNode stage : plan.stages()) {
            if (stage.spec().supplier() instanceof FeedSpec) {
                throw new IllegalArgumentException("stage '" + stage.name() + "' (" + stage.calledAt() + ") is a feed,"
                        + " which takes events of this program and does not reach the members of a cluster; run the job"
                        + " in this JVM with submit(pipeline, o -> o.inThisJvm()), or put the events into a map and"
                        + " begin with Sources.mapChanges");
            }
        }
    }

    /** The same plan, with feeds that can be offered to. */
    public static LogicalPlan live(LogicalPlan plan) {
        List<StageNode> stages = plan.stages().stream().map(FeedSpec::live).toList();
        return new LogicalPlan(stages);
    }

    private static StageNode live(StageNode stage) {
        if (!(stage.spec().supplier() instanceof FeedSpec feed)) {
            return stage;
        }
        Live live = new Live(new FeedDesk<>(stage.name(), feed.type, feed.capacity));
        return new StageNode(stage.name(), stage.calledAt(), stage.spec().withSupplier(live), stage.inputs(),
                stage.parallelism());
    }

    /** What of a plan {@link #find} needs. */
    public static Plan feedsOf(Plan plan) {
        return new Plan(plan.vertices().stream()
                .flatMap(vertex -> vertex.stages().stream())
                .filter(stage -> stage.spec().supplier() instanceof Live)
                .map(stage -> new Vertex(1, List.of(stage)))
                .toList());
    }

    /**
     * The feed of that name of a job.
     *
     * @param type the type of its events; null if the caller does not say
     * @throws IllegalArgumentException if there is none of that name and type
     */
    @SuppressWarnings("unchecked")
    public static <T> Feed<T> find(String job, Plan plan, String name, Class<T> type) {
        List<FeedDesk<?>> feeds = plan.vertices().stream()
                .flatMap(vertex -> vertex.stages().stream())
                .filter(stage -> stage.spec().supplier() instanceof Live)
                .<FeedDesk<?>>map(stage -> ((Live) stage.spec().supplier()).desk)
                .toList();
        for (FeedDesk<?> feed : feeds) {
            if (feed.name().equals(name)) {
                feed.checkTakes(type);
                return (Feed<T>) feed;
            }
        }
        throw new IllegalArgumentException("job '" + job + "' has no feed '" + name + "', only "
                + feeds.stream().map(FeedDesk::name).toList() + "; add readFrom(Sources.feed(\"" + name + "\", ...))");
    }
}

package io.penstock.dag.plan;

import io.penstock.dag.FunctionEx;
import io.penstock.dag.operator.RowForm;
import java.util.List;

/**
 * Rows go to the member that owns the key they look up, if the map is too big to be copied to every member:
 * {@code a x1 -> enrich x1 -> b x1   ==>   a x1 =keyed=> enrich x4 -> b x4}. Comes before all other rules, since stages
 * that read from such a look-up then run wherever it does.
 *
 * <p>Each look-up has an exchange of its own, also if the one before it has just looked up the same key: nothing tells
 * that two functions are the same once they have travelled, and every member must come to the same plan.
 */
final class PlaceLookUps implements PlanRule {

    private final MapSizes sizes;
    private final long copiedEntriesMax;

    PlaceLookUps(MapSizes sizes, long copiedEntriesMax) {
        this.sizes = sizes;
        this.copiedEntriesMax = copiedEntriesMax;
    }

    @Override
    public Plan apply(Plan plan) {
        List<StageNode> stages = plan.vertices().stream().map(Vertex::root).toList();
        List<StageNode> placed = stages.stream().map(this::placed).toList();
        return placed.equals(stages) ? plan : Planner.oneVertexPerStage(new LogicalPlan(placed), Vertex.EVERYWHERE);
    }

    private StageNode placed(StageNode stage) {
        // Rows of a stage with state stay with that, by its key.
        if (!(stage.spec().rowForm() instanceof RowForm.LookedUp lookUp) || stage.isKeyed()
                || stage.lookUpPlace() != null) {
            return stage;
        }
        LookUpPlace place = new LookUpPlace(sizes.entryCount(lookUp.ref()), copiedEntriesMax);
        StageNode placed = stage.withLookUpPlace(place);
        return place.isCopied() ? placed : placed.withInputs(exchanged(stage.inputs(), lookUp));
    }

    @SuppressWarnings("unchecked")
    private static List<StageInput> exchanged(List<StageInput> inputs, RowForm.LookedUp lookUp) {
        FunctionEx<Object, ?> keyFn = (FunctionEx<Object, ?>) lookUp.keyFn();
        return inputs.stream().map(input -> new StageInput(input.from(), input.output(), keyFn)).toList();
    }
}

package io.penstock.testing;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import java.util.Queue;

/**
 * Stands in for a source of the pipeline. Like that one, it knows events but not their times. In front of a source that
 * follows a map of the test's grid it adds to what that one gives.
 */
final class ScriptedSource implements SourceOperator {

    /** Few, so that batches have many sizes. */
    private static final int ROWS_MAX = 8;

    private final Script script;
    /** Null if there is none. */
    private final SourceOperator follower;
    private Queue<Object> items;

    ScriptedSource(Script script) {
        this(script, null);
    }

    /** @param follower gives events of its own while the script has none */
    ScriptedSource(Script script, SourceOperator follower) {
        this.script = script;
        this.follower = follower;
    }

    @Override
    public void open(OperatorContext context) throws Exception {
        items = script.ofInstance(context.instance());
        if (follower != null) {
            follower.open(context);
        }
    }

    @Override
    public boolean fill(Output output) throws Exception {
        if (items.isEmpty() && follower != null) {
            follower.fill(output);
            return true; // the script says when the source ends
        }
        for (int rows = 1 + script.random().nextInt(ROWS_MAX); rows > 0 && !items.isEmpty(); rows--) {
            Object item = items.remove();
            if (item instanceof Script.Event event) {
                output.emit(Batch.NO_TIME, event.event());
            } else if (item instanceof Script.Watermark watermark) {
                output.emitWatermark(watermark.timeMs());
                return true;
            } else {
                return false;
            }
        }
        return true;
    }
}

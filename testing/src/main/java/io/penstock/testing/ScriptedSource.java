package io.penstock.testing;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import java.util.Queue;

/** Stands in for a source of the pipeline. Like that one, it knows events but not their times. */
final class ScriptedSource implements SourceOperator {

    /** Few, so that batches have many sizes. */
    private static final int ROWS_MAX = 8;

    private final Script script;
    private Queue<Object> items;

    ScriptedSource(Script script) {
        this.script = script;
    }

    @Override
    public void open(OperatorContext context) {
        items = script.ofInstance(context.instance());
    }

    @Override
    public boolean fill(Output output) {
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

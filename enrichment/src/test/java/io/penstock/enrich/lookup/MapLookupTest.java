package io.penstock.enrich.lookup;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.Tag;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.StageCounter;
import io.penstock.grid.Grid;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MapLookupTest {

    private static final MapRef<Long, String> NAMES = MapRef.of("names", Long.class, String.class);

    /** Notes which views are asked for. */
    private record Context(Grid grid, List<MapRef<?, ?>> viewed) implements OperatorContext {

        @Override
        public <K, V> LocalView<K, V> localView(MapRef<K, V> ref) {
            viewed.add(ref);
            return OperatorContext.super.localView(ref);
        }

        @Override
        public String job() {
            return "job";
        }

        @Override
        public String stage() {
            return "enrich";
        }

        @Override
        public int instance() {
            return 0;
        }

        @Override
        public int instanceCount() {
            return 1;
        }

        @Override
        public long watermarkMs() {
            return Batch.NO_TIME;
        }

        @Override
        public long restoredWatermarkMs() {
            return Batch.NO_TIME;
        }

        @Override
        public boolean isRestored() {
            return false;
        }

        @Override
        public int output(Tag<?> tag) {
            throw new IllegalArgumentException("no side output");
        }

        @Override
        public StageCounter counter(String name) {
            return new StageCounter();
        }

        @Override
        public Runnable wakeUp() {
            return () -> {};
        }
    }

    @Test
    void looksUpInTheViewThatTheHostGivesIt() {
        try (Grid grid = Grid.embedded()) {
            Context context = new Context(grid, new ArrayList<>());
            MapLookup<Long, Long, String, String> lookUp =
                    new MapLookup<>(NAMES, id -> id, (id, name) -> name, new MissPolicy.FailJob());

            lookUp.open(context);
            lookUp.close();

            assertEquals(List.of(NAMES), context.viewed);
        }
    }
}

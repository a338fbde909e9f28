package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import io.penstock.infer.ModelInfo;
import io.penstock.infer.Models;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightModelIT {

    @Test
    void bothTakeAllFeaturesAndGiveAProbabilitySoThatOneCanReplaceTheOther() {
        try (Grid grid = Grid.embedded()) {
            FlightModel.deployFirst(grid);
            FlightModel.deploySecond(grid, 7);
            for (ModelInfo model : Models.of(grid).list()) {
                assertEquals("['features' float32[?, " + FlightFeatures.NAMES.size() + "]]", model.inputs().toString());
                assertEquals("['probability' float32[?, 1]]", model.outputs().toString());
            }
            assertEquals(2, Models.of(grid).list().size());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void haveAThreshold(int version) {
        double threshold = FlightModel.shipped(version).threshold();
        assertTrue(threshold > 0 && threshold < 1);
    }
}

package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import io.penstock.infer.ModelInfo;
import io.penstock.infer.Models;
import org.junit.jupiter.api.Test;

class FlightModelIT {

    @Test
    void takesTheFeaturesAndGivesAProbability() {
        try (Grid grid = Grid.embedded()) {
            FlightModel.deploy(grid);
            ModelInfo model = Models.of(grid).describe(FlightModel.NAME).orElseThrow();
            assertEquals("['features' float32[?, 18]]", model.inputs().toString());
            assertEquals("['probability' float32[?, 1]]", model.outputs().toString());
        }
    }

    @Test
    void hasAThreshold() {
        assertTrue(FlightModel.threshold() > 0 && FlightModel.threshold() < 1);
    }
}

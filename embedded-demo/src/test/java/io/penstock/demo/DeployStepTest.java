package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.dag.testing.OperatorTester;
import io.penstock.grid.Grid;
import io.penstock.infer.ModelInfo;
import io.penstock.infer.Models;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeployStepTest {

    private static Departure departure(long id, long timeMs) {
        return new Departure(id, timeMs, 450, "LAS", "PHL");
    }

    /** The tester's runs come to the flight again and again, as restarted jobs do; others go on behind it. */
    @Test
    void deploysOnceHoweverOftenTheFlightComes() {
        try (Grid grid = Grid.embedded()) {
            FlightModel.deployFirst(grid);
            List<FlightEvent> events = List.of(
                    departure(1, 10), new Outcome(9, 15, 0, "LAS", "PHL"), departure(3, 20), departure(4, 30));
            OperatorTester tester = OperatorTester.of(() -> new DeployStep(2)).on(grid).inExactOrder();
            for (FlightEvent event : events) {
                tester.row(event.timeMs(), event).expect(event.timeMs(), event);
            }
            tester.verify();
            List<ModelInfo> models = Models.of(grid).list();
            assertEquals(List.of(1, 2), models.stream().map(ModelInfo::version).toList());
            assertEquals(20, models.get(1).fromMs());
        }
    }
}

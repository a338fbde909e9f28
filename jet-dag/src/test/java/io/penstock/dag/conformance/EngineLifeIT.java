package io.penstock.dag.conformance;

import io.penstock.dag.Jobs;
import io.penstock.grid.Grid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The life of a job of the in-process engine. */
class EngineLifeIT extends JobLifeContract {

    private static final int WORKERS = 3;

    private static Grid grid;

    @BeforeAll
    static void openGrid() {
        grid = Grid.embedded();
        Jobs.of(grid, o -> o.workers(WORKERS));
    }

    @AfterAll
    static void closeGrid() {
        grid.close();
    }

    @Override
    protected int stepsOfEach() {
        return 300;
    }

    @Override
    protected Grid grid() {
        return grid;
    }
}

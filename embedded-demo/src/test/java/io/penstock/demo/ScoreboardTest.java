package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreboardTest {

    @Test
    void countsAlarmsFromTheThresholdOn() {
        Scoreboard board = new Scoreboard(0.5);
        board.add(new Evaluated(1, 0.5f, true));
        board.add(new Evaluated(2, 0.6f, false));
        board.add(new Evaluated(3, 0.9f, true));
        board.add(new Evaluated(4, 0.4f, true));
        Evaluation evaluation = board.add(new Evaluated(5, 0.1f, false));
        assertEquals(new Evaluation(5, 4 / 6.0, 4 / 6.0, 2, 1, 1), evaluation);
        assertEquals(2 / 3.0, evaluation.precision());
        assertEquals(2 / 3.0, evaluation.recall());
    }

    @Test
    void saysNothingOfNoFlights() {
        assertTrue(Double.isNaN(Evaluation.NONE.precision()));
        assertTrue(Double.isNaN(Evaluation.NONE.recall()));
    }
}

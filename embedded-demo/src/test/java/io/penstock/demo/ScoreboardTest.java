package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class ScoreboardTest {

    @Test
    void countsAlarmsFromTheThresholdOfTheVersionOn() {
        Scoreboard board = new Scoreboard(0.5, 0.7);
        board.add(new Evaluated(1, 0.5f, true, 1));
        board.add(new Evaluated(2, 0.6f, false, 1));
        board.add(new Evaluated(3, 0.9f, true, 2));
        board.add(new Evaluated(4, 0.4f, true, 1));
        Evaluation evaluation = board.add(new Evaluated(5, 0.6f, false, 2));
        assertEquals(new Evaluation(0.5 / 3 * 2, new Figures(5, 0.5 / 3 * 2, 2, 1, 1), new Figures(3, 0, 1, 1, 1),
                new Figures(2, 1, 1, 0, 0)), evaluation);
        assertEquals(2 / 3.0, evaluation.all().precision());
        assertEquals(2 / 3.0, evaluation.all().recall());
    }

    @Test
    void saysNothingOfNoFlights() {
        assertTrue(Double.isNaN(Figures.NONE.precision()));
        assertTrue(Double.isNaN(Figures.NONE.recall()));
    }
}

package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.demo.ModelReport.Bin;
import java.util.List;
import org.junit.jupiter.api.Test;

class ModelReportTest {

    private static final ModelReport REPORT = ModelReport.of(2, 0.5, List.of(
            new Evaluated(1, 0.25f, false, 1),
            new Evaluated(2, 0.28125f, true, 1),
            new Evaluated(3, 0.5f, true, 1),
            new Evaluated(4, 0.75f, false, 1),
            new Evaluated(5, 1f, true, 1)));

    @Test
    void countsByThresholdAndByTenthsOfTheScore() {
        assertEquals(new Figures(5, 4 / 6.0, 2, 1, 1), REPORT.figures());
        assertEquals(10, REPORT.bins().size());
        assertEquals(new Bin(2, 0.265625, 0.5), REPORT.bins().get(2));
        assertEquals(new Bin(1, 1, 1), REPORT.bins().get(9));
        assertTrue(Double.isNaN(REPORT.bins().get(0).meanScore()));
    }

    @Test
    void isWrittenForPeople() {
        String text = REPORT.toText("two");
        assertEquals("""
                two
                  flights    5
                  AUC        0.6667
                  precision  0.6667 at the model's threshold of 0.5000
                  recall     0.6667
                  score       mean score   late share   flights
                  0.0 to 0.1           -            -         0
                  0.1 to 0.2           -            -         0
                  0.2 to 0.3      0.2656       0.5000         2
                """, text.lines().limit(9).map(line -> line + "\n").reduce("", String::concat));
    }

    @Test
    void saysNothingOfNoFlights() {
        assertTrue(Double.isNaN(ModelReport.of(1, 0.5, List.of()).figures().auc()));
    }
}

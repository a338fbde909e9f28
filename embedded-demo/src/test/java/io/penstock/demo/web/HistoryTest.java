package io.penstock.demo.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.demo.web.History.Point;
import java.util.List;
import org.junit.jupiter.api.Test;

class HistoryTest {

    private static final int POINTS_MAX = 10;

    private final History history = new History(POINTS_MAX);

    private List<Double> seconds() {
        return history.points().stream().map(Point::seconds).toList();
    }

    private void add(int from, int to) {
        for (int i = from; i < to; i++) {
            history.add(new Point(i, 0, 0, 0, 0, 0, 0, 0));
        }
    }

    @Test
    void isEmptyAtFirst() {
        assertEquals(List.of(), history.points());
    }

    @Test
    void keepsAllWhileThereIsRoom() {
        add(0, 9);
        assertEquals(List.of(0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0), seconds());
    }

    @Test
    void keepsEverySecondOneWhenThereIsNoMoreRoomAndTheNewest() {
        add(0, 14);
        assertEquals(List.of(0.0, 2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 13.0), seconds());
    }

    @Test
    void isBoundedEvenlySpacedAndEndsWithTheNewestHoweverManyCome() {
        for (int i = 0; i < 5_000; i++) {
            add(i, i + 1);
            List<Double> seconds = seconds();
            assertTrue(seconds.size() <= POINTS_MAX, () -> seconds.size() + " points");
            assertEquals(0.0, seconds.get(0));
            assertEquals(i, seconds.get(seconds.size() - 1));
            for (int k = 2; k < seconds.size() - 1; k++) {
                assertEquals(seconds.get(1), seconds.get(k) - seconds.get(k - 1));
            }
        }
    }
}

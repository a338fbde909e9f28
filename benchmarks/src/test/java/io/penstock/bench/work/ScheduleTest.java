package io.penstock.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class ScheduleTest {

    @Test
    void warmsUpForHalfAsLongAsItMeasures() {
        assertEquals(new Schedule(10, 20), Schedule.ofMeasured(20));
        assertEquals(1_550_000, Schedule.ofMeasured(20).count());
    }

    @Test
    void isKnownByItsNumberOfSentences() {
        for (int seconds = 1; seconds <= 100; seconds++) {
            Schedule schedule = Schedule.ofMeasured(seconds);
            assertEquals(schedule, Schedule.ofCount(schedule.count()));
        }
    }
}

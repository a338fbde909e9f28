package io.penstock.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class TestClockTest {

    @Test
    void readsTimesOfTheFirstDayInstantsAndNumbers() {
        assertEquals(36_000_000, TestClock.parse("10:00"));
        assertEquals(36_005_000, TestClock.parse("10:00:05"));
        assertEquals(36_005_250, TestClock.parse("10:00:05.250"));
        assertEquals(86_400_000, TestClock.parse("1970-01-02T00:00:00Z"));
        assertEquals(1_769_853_600_000L, TestClock.parse("2026-01-31T10:00:00Z"));
        assertEquals(1_234, TestClock.parse("1234"));
        assertEquals(-5, TestClock.parse("-5"));
    }

    @Test
    void saysHowToWriteATime() {
        for (String text : new String[] {"ten", "25:00", "2026-01-31", "2026-01-31T10:00", "9".repeat(30)}) {
            String message = assertThrows(IllegalArgumentException.class, () -> TestClock.parse(text)).getMessage();
            assertEquals("'" + text + "' is no time; write HH:mm or HH:mm:ss (on 1970-01-01, UTC), an ISO instant such"
                    + " as 2026-01-31T10:00:00Z, or ms since the epoch", message);
        }
    }

    @Test
    void writesTimesAsTestsDo() {
        assertEquals("10:00", TestClock.format(36_000_000));
        assertEquals("10:00:05.250", TestClock.format(36_005_250));
        assertEquals("1970-01-02T00:00:00Z", TestClock.format(86_400_000));
        assertEquals("no time yet", new TestClock().toString());
    }

    @Test
    void doesNotGoBack() {
        TestClock clock = new TestClock();
        clock.moveTo(TestClock.parse("23:00"));
        clock.moveTo(TestClock.parse("23:00"));
        String message =
                assertThrows(IllegalArgumentException.class, () -> clock.moveTo(TestClock.parse("00:10"))).getMessage();
        assertEquals("time cannot go back from 23:00 to 00:10; for a time on the next day write an ISO instant, and for"
                + " a late event an event whose own time is older", message);
        assertThrows(IllegalArgumentException.class, () -> clock.moveTo(Long.MAX_VALUE));
    }
}

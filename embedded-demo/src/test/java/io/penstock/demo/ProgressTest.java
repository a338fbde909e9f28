package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.demo.FlightJob.Counts;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressTest {

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

    private String shown(boolean isInPlace) {
        Progress progress = new Progress(new PrintStream(bytes, true, StandardCharsets.UTF_8), isInPlace);
        progress.show(new Counts(1_000, 1_500, 0, 0, 0, 900, Long.MIN_VALUE), Double.NaN, 1);
        progress.show(new Counts(2_000, 3_500, 0, 0, 0, 1_900, 0), 0.71234, 3);
        progress.end();
        return bytes.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
    }

    @Test
    void isLineAfterLineInAFile() {
        assertEquals("""
                1,000 flights, 1,500 events/s, event time -, AUC -
                2,000 flights, 1,000 events/s, event time 1970-01-01 00:00, AUC 0.7123
                """, shown(false));
    }

    @Test
    void isOneLineOnATerminal() {
        assertEquals("\r1,000 flights, 1,500 events/s, event time -, AUC -"
                + "\r2,000 flights, 1,000 events/s, event time 1970-01-01 00:00, AUC 0.7123"
                + "\r" + " ".repeat(70) + "\r", shown(true));
    }
}

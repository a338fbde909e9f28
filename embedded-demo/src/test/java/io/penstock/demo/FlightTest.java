package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlightTest {

    @ParameterizedTest
    @ValueSource(strings = {
        "2001-01-01T00:00", "2001-01-07T23:59", "1969-12-31T23:59", "1970-01-01T00:00", "2024-02-29T12:30"})
    void knowsHourAndWeekday(String minute) {
        LocalDateTime time = LocalDateTime.parse(minute);
        Flight flight = Flight.of(new Departure(1, time.toInstant(ZoneOffset.UTC).toEpochMilli(), 1, "AAA", "BBB"));
        assertEquals(time.getHour(), flight.hour());
        assertEquals(time.getDayOfWeek().getValue(), flight.weekday());
    }
}

package io.penstock.demo;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Serializable;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;

/** Makes a {@link FlightRow} of a record, or says what is wrong with it. Remembers the date of the row before. */
final class FlightRowParser {

    static final String HEADER = "date,delay,distance,origin,destination";

    /** A record that is no flight; the message is the reason. Without a stack trace, as a file may be full of them. */
    static final class BadRowException extends Exception {

        private static final long serialVersionUID = 1L;

        BadRowException(String reason) {
            super(reason, null, false, false);
        }
    }

    private static final int FIELD_COUNT = 5;
    private static final int DATE_LENGTH = "2001-01-01T00:01".length();
    private static final int SHOWN_LENGTH_MAX = 40;

    /** So that the events of an airport share one string; as many as there are codes at most. */
    private final Map<String, String> codes = new HashMap<>();

    /** Null before the first row. */
    private Date last;

    /** When a row's flight departs, as it stands there and in ms since the epoch. */
    record Date(String text, long departureMs) implements Serializable {}

    /** That of the last row; null before the first. */
    Date date() {
        return last;
    }

    /** Goes on behind a row that another parser has parsed. */
    void goOnAt(Date date) {
        last = date;
    }

    FlightRow parse(long number, CsvRecord row) throws BadRowException {
        if (CsvRows.isBlank(row)) {
            throw new BadRowException("the line is blank");
        }
        if (row.getFieldCount() != FIELD_COUNT) {
            throw new BadRowException(
                    "a row has 5 fields (" + HEADER + "), but this one has " + row.getFieldCount());
        }
        int delay = number("delay", row.getField(1), -FlightRow.DELAY_MINUTES_MAX, FlightRow.DELAY_MINUTES_MAX);
        int distance = number("distance", row.getField(2), 1, FlightRow.DISTANCE_MILES_MAX);
        String origin = airport("origin", row.getField(3));
        String destination = airport("destination", row.getField(4));
        return new FlightRow(number, departureMs(row.getField(0)), delay, distance, origin, destination);
    }

    /** The last field to be parsed: a row that is bad for another reason leaves no trace. */
    private long departureMs(String date) throws BadRowException {
        if (last != null && date.equals(last.text)) {
            return last.departureMs;
        }
        long departureMs = parseDate(date);
        if (last != null && departureMs < last.departureMs) {
            throw new BadRowException("the date goes back: " + date + " comes after " + last.text);
        }
        last = new Date(date, departureMs);
        return departureMs;
    }

    private static long parseDate(String date) throws BadRowException {
        if (date.length() == DATE_LENGTH) {
            try {
                return LocalDateTime.parse(date).toInstant(ZoneOffset.UTC).toEpochMilli();
            } catch (DateTimeException e) {
                // Refused below, in the same words as one of another length.
            }
        }
        throw new BadRowException("the date must look like 2001-01-31T23:59, but is " + shown(date));
    }

    private static int number(String field, String text, int min, int max) throws BadRowException {
        int value;
        try {
            value = Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw new BadRowException("the " + field + " must be a whole number, but is " + shown(text));
        }
        if (value < min || value > max) {
            throw new BadRowException("the " + field + " must be from " + min + " to " + max + ", but is " + value);
        }
        return value;
    }

    private String airport(String field, String code) throws BadRowException {
        String known = codes.get(code);
        if (known != null) {
            return known;
        }
        if (code.length() != 3 || !code.chars().allMatch(c -> c >= 'A' && c <= 'Z' || c >= '0' && c <= '9')) {
            throw new BadRowException(
                    "the " + field + " must be an IATA code of three letters or digits, but is " + shown(code));
        }
        codes.put(code, code);
        return code;
    }

    private static String shown(String text) {
        return "'" + (text.length() <= SHOWN_LENGTH_MAX ? text : text.substring(0, SHOWN_LENGTH_MAX) + "...") + "'";
    }
}

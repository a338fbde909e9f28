package io.penstock.demo;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.penstock.dag.Source;
import io.penstock.dag.SourceBuffer;
import io.penstock.dag.SourceBuilder;
import io.penstock.demo.FlightRowParser.BadRowException;
import java.io.Serializable;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/**
 * Splits each row of a flight file into a {@link Departure} and an {@link Outcome}, and merges the two streams in
 * event time: outcomes known at an instant come before departures at that instant, ties go by row number.
 *
 * <p>Holds the outcomes that are still to come, which are those of the flights in the air.
 */
final class FlightReader implements AutoCloseable {

    private static final int EVENTS_PER_FILL = 256;

    /**
     * What is read, and how.
     *
     * @param skipsBadRows whether a malformed line becomes a {@link SkippedRow} rather than an exception
     * @param flightsMax how many flights, the first ones, are read
     */
    record Reading(InputFile file, boolean skipsBadRows, long flightsMax, Pace.Rate rate) implements Serializable {

        /** As fast as possible to the end, which a malformed line is, too. */
        static Reading of(InputFile file) {
            return new Reading(file, false, Long.MAX_VALUE, Pace.Rate.UNLIMITED);
        }

        Reading first(long flights) {
            return new Reading(file, skipsBadRows, flights, rate);
        }

        Reading at(Pace.Rate newRate) {
            return new Reading(file, skipsBadRows, flightsMax, newRate);
        }

        Reading skippingBadRows(boolean skips) {
            return new Reading(file, skips, flightsMax, rate);
        }
    }

    /**
     * Where a reader stands: enough for another one to go on.
     *
     * @param rowCount how many rows were read
     * @param timeMs of the newest event
     * @param row a flight that was read ahead, or null
     * @param skipped a malformed line that was read ahead, or null
     * @param pending the outcomes of the flights in the air
     */
    record Place(
            long rowCount,
            FlightRowParser.Date date,
            long timeMs,
            FlightRow row,
            SkippedRow skipped,
            List<Outcome> pending)
            implements Serializable {}

    private final Reading reading;
    private final Pace pace;
    private final CsvRows rows;
    private final FlightRowParser parser = new FlightRowParser();
    private final PriorityQueue<Outcome> pending =
            new PriorityQueue<>(Comparator.comparingLong(Outcome::timeMs).thenComparingLong(Outcome::id));
    private long rowCount;
    private long timeMs = Long.MIN_VALUE;
    /** The line read ahead: a flight, or one that is malformed. */
    private FlightRow row;
    private SkippedRow skipped;

    /** @throws BadFlightsException if the file cannot be read or has another header */
    FlightReader(Reading reading) {
        this.reading = reading;
        pace = new Pace(reading.rate);
        rows = new CsvRows(reading.file, FlightRowParser.HEADER, CsvRows.NO_QUOTES);
    }

    static Source<FlightEvent> source(InputFile file, boolean skipsBadRows) {
        return source(Reading.of(file).skippingBadRows(skipsBadRows));
    }

    /** The same as a source of pipelines. */
    static Source<FlightEvent> source(Reading reading) {
        return SourceBuilder.batch("flights", () -> new FlightReader(reading))
                .<FlightEvent>fillBufferFn(FlightReader::fill)
                .createSnapshotFn(FlightReader::place)
                .restoreSnapshotFn((reader, places) -> reader.goOnAt(places.get(0)))
                .destroyFn(FlightReader::close)
                .build();
    }

    /** The place behind the events that were given out. */
    Place place() {
        return new Place(rowCount, parser.date(), timeMs, row, skipped, List.copyOf(pending));
    }

    /**
     * Goes on where another reader of the same file stood, once its rows up to there have been read again; a file may be
     * compressed, and has no other way to a row. At a rate, the clock starts anew.
     *
     * @throws BadFlightsException if the file ends before that
     */
    void goOnAt(Place place) {
        for (; rowCount < place.rowCount; rowCount++) {
            if (rows.next() == null) {
                throw new BadFlightsException(reading.file + " is not the file that it was: it has " + rowCount
                        + " rows, but " + place.rowCount + " were read of it; put the old file back, or start anew");
            }
        }
        parser.goOnAt(place.date);
        timeMs = place.timeMs;
        row = place.row;
        skipped = place.skipped;
        pending.addAll(place.pending);
    }

    /** Adds the next events, as far as they are due; the engine asks again later, so that nothing waits in here. */
    void fill(SourceBuffer<FlightEvent> buffer) {
        for (int i = 0; i < EVENTS_PER_FILL && isDue(); i++) {
            FlightEvent event = next();
            if (event == null) {
                buffer.close();
                return;
            }
            buffer.add(event);
        }
    }

    /** Whether the next event is due; a malformed line is, and the end. */
    private boolean isDue() {
        readAhead();
        if (skipped != null) {
            return true;
        }
        return isOutcomeNext() ? pace.isDue(pending.peek().timeMs()) : row == null || pace.isDue(row.departureMs());
    }

    /**
     * The next event, or null at the end.
     *
     * @throws BadFlightsException at a malformed line; the message has its number and the reason
     */
    FlightEvent next() {
        readAhead();
        if (skipped != null) {
            SkippedRow event = skipped;
            skipped = null;
            return event;
        }
        if (isOutcomeNext()) {
            timeMs = pending.peek().timeMs();
            return pending.poll();
        }
        if (row == null) {
            return null;
        }
        Departure departure = row.departure();
        timeMs = departure.timeMs();
        pending.add(row.outcome());
        row = null;
        return departure;
    }

    private boolean isOutcomeNext() {
        Outcome known = pending.peek();
        return known != null && (row == null || known.timeMs() <= row.departureMs());
    }

    /** Reads the next line, if there is one, and none is waiting already. */
    private void readAhead() {
        if (row != null || skipped != null || rowCount == reading.flightsMax) {
            return;
        }
        CsvRecord next = rows.next();
        if (next == null) {
            return;
        }
        try {
            row = parser.parse(++rowCount, next);
        } catch (BadRowException e) {
            if (!reading.skipsBadRows) {
                throw BadFlightsException.at(reading.file, next.getStartingLineNumber(), e.getMessage());
            }
            skipped = new SkippedRow(next.getStartingLineNumber(), timeMs, e.getMessage());
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}

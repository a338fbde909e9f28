package io.penstock.demo;

import de.siegmar.fastcsv.reader.CsvRecord;
import io.penstock.dag.Source;
import io.penstock.dag.SourceBuffer;
import io.penstock.dag.SourceBuilder;
import io.penstock.demo.FlightRowParser.BadRowException;
import java.util.Comparator;
import java.util.PriorityQueue;

/**
 * Splits each row of a flight file into a {@link Departure} and an {@link Outcome}, and merges the two streams in
 * event time: outcomes known at an instant come before departures at that instant, ties go by row number.
 *
 * <p>Holds the outcomes that are still to come, which are those of the flights in the air.
 */
final class FlightReader implements AutoCloseable {

    private static final int EVENTS_PER_FILL = 256;

    private final InputFile file;
    private final boolean skipsBadRows;
    private final CsvRows rows;
    private final FlightRowParser parser = new FlightRowParser();
    private final PriorityQueue<Outcome> pending =
            new PriorityQueue<>(Comparator.comparingLong(Outcome::timeMs).thenComparingLong(Outcome::id));
    private long rowCount;
    private long timeMs = Long.MIN_VALUE;
    private FlightRow row;

    /**
     * @param skipsBadRows whether a malformed line becomes a {@link SkippedRow} rather than an exception
     * @throws BadFlightsException if the file cannot be read or has another header
     */
    FlightReader(InputFile file, boolean skipsBadRows) {
        this.file = file;
        this.skipsBadRows = skipsBadRows;
        rows = new CsvRows(file, FlightRowParser.HEADER, CsvRows.NO_QUOTES);
    }

    /** The same as a source of pipelines. */
    static Source<FlightEvent> source(InputFile file, boolean skipsBadRows) {
        return SourceBuilder.batch("flights", () -> new FlightReader(file, skipsBadRows))
                .<FlightEvent>fillBufferFn(FlightReader::fill)
                .destroyFn(FlightReader::close)
                .build();
    }

    private void fill(SourceBuffer<FlightEvent> buffer) {
        for (int i = 0; i < EVENTS_PER_FILL; i++) {
            FlightEvent event = next();
            if (event == null) {
                buffer.close();
                return;
            }
            buffer.add(event);
        }
    }

    /**
     * The next event, or null at the end.
     *
     * @throws BadFlightsException at a malformed line; the message has its number and the reason
     */
    FlightEvent next() {
        if (row == null) {
            SkippedRow skipped = readRow();
            if (skipped != null) {
                return skipped;
            }
        }
        Outcome known = pending.peek();
        if (known != null && (row == null || known.timeMs() <= row.departureMs())) {
            timeMs = known.timeMs();
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

    /** Reads a row ahead, if there is one; returns what it was if it was not one. */
    private SkippedRow readRow() {
        CsvRecord next = rows.next();
        if (next == null) {
            return null;
        }
        try {
            row = parser.parse(++rowCount, next);
            return null;
        } catch (BadRowException e) {
            if (!skipsBadRows) {
                throw BadFlightsException.at(file, next.getStartingLineNumber(), e.getMessage());
            }
            return new SkippedRow(next.getStartingLineNumber(), timeMs, e.getMessage());
        }
    }

    @Override
    public void close() {
        rows.close();
    }
}

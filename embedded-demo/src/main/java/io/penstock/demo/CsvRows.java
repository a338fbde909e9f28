package io.penstock.demo;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;

/** The records of a CSV file behind its header, which must be the one expected. A blank last line is left out. */
final class CsvRows implements AutoCloseable {

    /** A quote character that no file has: every line is one record, and a stray quote cannot swallow the rest. */
    static final char NO_QUOTES = '\0';

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final InputFile file;
    private final CloseableIterator<CsvRecord> records;
    private long line;
    private CsvRecord ahead;

    CsvRows(InputFile file, String header, char quote) {
        this.file = file;
        try {
            records = CsvReader.builder()
                    .quoteCharacter(quote)
                    .skipEmptyLines(false)
                    .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                    .ofCsvRecord(new InputStreamReader(file.open(), StandardCharsets.UTF_8))
                    .iterator();
        } catch (IOException e) {
            throw new BadFlightsException("cannot read " + file + ": " + reason(e), e);
        }
        try {
            checkHeader(header);
            ahead = read();
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void checkHeader(String header) {
        CsvRecord first = read();
        String found = first == null ? "" : String.join(",", first.getFields());
        if (!found.equals(header) && !found.equals(BYTE_ORDER_MARK + header)) {
            throw BadFlightsException.at(file, 1, "the header must be '" + header + "', but is "
                    + (first == null ? "missing: the file is empty" : "'" + found + "'"));
        }
    }

    /** The next record, or null behind the last one. */
    CsvRecord next() {
        CsvRecord next = ahead;
        if (next == null) {
            return null;
        }
        ahead = read();
        return ahead == null && isBlank(next) ? null : next;
    }

    static boolean isBlank(CsvRecord row) {
        return row.getFieldCount() == 1 && row.getField(0).isBlank();
    }

    private CsvRecord read() {
        try {
            if (!records.hasNext()) {
                return null;
            }
            CsvRecord row = records.next();
            line = row.getStartingLineNumber();
            return row;
        } catch (UncheckedIOException e) {
            throw new BadFlightsException(
                    "cannot read " + file + " after line " + line + ": " + reason(e.getCause()), e.getCause());
        } catch (CsvParseException e) {
            throw BadFlightsException.at(file, line + 1, "this is no CSV: " + e.getMessage());
        }
    }

    private static String reason(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return missing.getReason() != null ? missing.getReason() : "there is no such file";
        }
        return e.getMessage() != null ? e.getMessage() : e.getClass().getSimpleName();
    }

    @Override
    public void close() {
        try {
            records.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

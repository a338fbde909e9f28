package io.penstock.demo;

import de.siegmar.fastcsv.reader.CsvRecord;
import java.io.Serializable;
import java.util.HashMap;
import java.util.Map;

/** An airport of {@code airports.csv}. */
record Airport(String iata, String name, String city, String state, double latitude, double longitude)
        implements Serializable {

    private static final String HEADER = "iata,name,city,state,country,latitude,longitude";

    /** All airports of a file, by their codes. */
    static Map<String, Airport> read(InputFile file) {
        Map<String, Airport> airports = new HashMap<>();
        try (CsvRows rows = new CsvRows(file, HEADER, '"')) {
            for (CsvRecord row = rows.next(); row != null; row = rows.next()) {
                Airport airport = parse(file, row);
                airports.put(airport.iata, airport);
            }
        }
        return airports;
    }

    private static Airport parse(InputFile file, CsvRecord row) {
        try {
            return new Airport(
                    row.getField(0), row.getField(1), row.getField(2), row.getField(3),
                    Double.parseDouble(row.getField(5)), Double.parseDouble(row.getField(6)));
        } catch (NumberFormatException | IndexOutOfBoundsException e) {
            throw BadFlightsException.at(
                    file, row.getStartingLineNumber(), "this is no airport (" + HEADER + "): " + e.getMessage());
        }
    }
}

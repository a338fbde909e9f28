package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.demo.FlightReader.Place;
import io.penstock.demo.FlightReader.Reading;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlightReaderTest {

    private static final String GOOD = "2001-01-01T00:01,33,450,LAS,PHL";

    @TempDir
    private Path folder;

    private static long ms(String minute) {
        return LocalDateTime.parse(minute).toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    @Test
    void splitsARowIntoDepartureAndOutcome() throws IOException {
        assertEquals(
                List.of(
                        new Departure(1, ms("2001-01-01T00:01"), 450, "LAS", "PHL"),
                        new Outcome(1, ms("2001-01-01T01:54"), 33, "LAS", "PHL")),
                TestFiles.read(TestFiles.plain(folder, List.of(GOOD)), false));
    }

    @Test
    void aFlightThatArrivesEarlyIsKnownAtItsTime() throws IOException {
        List<FlightEvent> events =
                TestFiles.read(TestFiles.plain(folder, List.of("2001-01-01T00:01,-7,900,LAS,PHL")), false);
        assertEquals(new Outcome(1, ms("2001-01-01T02:21"), -7, "LAS", "PHL"), events.get(1));
    }

    @Test
    void fliesAMileInExactlyEightSeconds() throws IOException {
        List<FlightEvent> events =
                TestFiles.read(TestFiles.plain(folder, List.of("2001-01-01T00:00,0,1,LAS,PHL")), false);
        assertEquals(ms("2001-01-01T00:20") + 8_000, events.get(1).timeMs());
    }

    @Test
    void mergesInEventTimeWithOutcomesFirstAndTiesByRow() throws IOException {
        List<FlightEvent> events = TestFiles.read(TestFiles.plain(folder, List.of(
                "2001-01-01T10:00,100,450,AAA,BBB",
                "2001-01-01T10:00,10,450,AAA,BBB",
                "2001-01-01T10:00,10,450,AAA,BBB",
                "2001-01-01T11:30,0,450,BBB,AAA",
                "2001-01-01T11:31,0,450,BBB,AAA")), false);
        assertEquals(
                List.of("D1", "D2", "D3", "O2", "O3", "D4", "D5", "O4", "O5", "O1"),
                events.stream().map(FlightReaderTest::shortName).toList());
    }

    private static String shortName(FlightEvent event) {
        return event instanceof Departure departure ? "D" + departure.id() : "O" + ((Outcome) event).id();
    }

    @Test
    void readsTheWholeSampleInOrderAndCompletely() {
        List<FlightEvent> events = TestFiles.read(InputFile.SAMPLE, false);
        assertEquals(600_000, events.size());
        assertEquals(300_000, events.stream().filter(event -> event instanceof Departure).count());
        for (int i = 1; i < events.size(); i++) {
            FlightEvent before = events.get(i - 1);
            FlightEvent event = events.get(i);
            assertTrue(before.timeMs() < event.timeMs()
                    || before.timeMs() == event.timeMs() && rank(before) < rank(event), () -> before + " then " + event);
        }
    }

    /** Outcomes before departures, and each by row. */
    private static long rank(FlightEvent event) {
        return event instanceof Departure departure ? 1_000_000 + departure.id() : ((Outcome) event).id();
    }

    @Test
    void readsPlainAndCompressedFilesAlike() throws IOException {
        List<String> lines = TestFiles.sampleLines(1_000);
        assertEquals(
                TestFiles.read(TestFiles.plain(folder, lines), false),
                TestFiles.read(TestFiles.compressed(folder, lines), false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n", "\n\n", "\r\n", "\n  \n"})
    void ignoresABlankLastLine(String end) throws IOException {
        String text = TestFiles.HEADER + "\n" + GOOD + end;
        assertEquals(2, TestFiles.read(TestFiles.text(folder, text), false).size());
    }

    @Test
    void readsAFileWithoutFlights() throws IOException {
        assertEquals(List.of(), TestFiles.read(TestFiles.text(folder, TestFiles.HEADER), false));
        assertEquals(List.of(), TestFiles.read(TestFiles.text(folder, TestFiles.HEADER + "\n\n"), false));
    }

    @Test
    void readsAByteOrderMarkAndWindowsLineEnds() throws IOException {
        String text = "\uFEFF" + TestFiles.HEADER + "\r\n" + GOOD + "\r\n";
        assertEquals(2, TestFiles.read(TestFiles.text(folder, text), false).size());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "2001-01-01T00:01,33,450,LAS             | a row has 5 fields (date,delay,distance,origin,destination), but this one has 4",
        "2001-01-01T00:01,33,450,LAS,PHL,x       | a row has 5 fields (date,delay,distance,origin,destination), but this one has 6",
        "nonsense                                | a row has 5 fields (date,delay,distance,origin,destination), but this one has 1",
        "` `                                     | the line is blank",
        "2001-01-01 00:01,33,450,LAS,PHL         | the date must look like 2001-01-31T23:59, but is '2001-01-01 00:01'",
        "2001-02-30T00:01,33,450,LAS,PHL         | the date must look like 2001-01-31T23:59, but is '2001-02-30T00:01'",
        "2001-01-01T24:01,33,450,LAS,PHL         | the date must look like 2001-01-31T23:59, but is '2001-01-01T24:01'",
        "2001-01-01T00:01:00,33,450,LAS,PHL      | the date must look like 2001-01-31T23:59, but is '2001-01-01T00:01:00'",
        ",33,450,LAS,PHL                         | the date must look like 2001-01-31T23:59, but is ''",
        "2000-12-31T23:59,33,450,LAS,PHL         | the date goes back: 2000-12-31T23:59 comes after 2001-01-01T00:01",
        "2001-01-01T00:01,,450,LAS,PHL           | the delay must be a whole number, but is ''",
        "2001-01-01T00:01,3.5,450,LAS,PHL        | the delay must be a whole number, but is '3.5'",
        "2001-01-01T00:01,7201,450,LAS,PHL       | the delay must be from -7200 to 7200, but is 7201",
        "2001-01-01T00:01,99999999999,450,LAS,PHL| the delay must be a whole number, but is '99999999999'",
        "2001-01-01T00:01,33,0,LAS,PHL           | the distance must be from 1 to 12500, but is 0",
        "2001-01-01T00:01,33,-5,LAS,PHL          | the distance must be from 1 to 12500, but is -5",
        "2001-01-01T00:01,33,far,LAS,PHL         | the distance must be a whole number, but is 'far'",
        "2001-01-01T00:01,33,450,LASV,PHL        | the origin must be an IATA code of three letters or digits, but is 'LASV'",
        "2001-01-01T00:01,33,450,las,PHL         | the origin must be an IATA code of three letters or digits, but is 'las'",
        "2001-01-01T00:01,33,450,LAS,P L         | the destination must be an IATA code of three letters or digits, but is 'P L'",
        "2001-01-01T00:01,33,450,LAS,            | the destination must be an IATA code of three letters or digits, but is ''",
        "2001-01-01T00:01,33,450,\"LAS,PHL       | the origin must be an IATA code of three letters or digits, but is '\"LAS'",
    })
    void stopsAtAMalformedLineWithItsNumberAndTheReason(String line, String reason) throws IOException {
        InputFile file = TestFiles.plain(folder, List.of(GOOD, line, GOOD));
        BadFlightsException failure =
                assertThrows(BadFlightsException.class, () -> TestFiles.read(file, false));
        assertEquals(file + ", line 3: " + reason, failure.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "2001-01-01T00:01,33,450,LAS", "\"", "2000-12-31T23:59,33,450,LAS,PHL"})
    void goesOnBehindAMalformedLineIfTold(String line) throws IOException {
        List<FlightEvent> events = TestFiles.read(TestFiles.plain(folder, List.of(GOOD, line, GOOD)), true);
        assertEquals(5, events.size());
        assertEquals(3, ((SkippedRow) events.get(1)).line());
        assertEquals(ms("2001-01-01T00:01"), events.get(1).timeMs());
        assertEquals(3, ((Departure) events.get(2)).id(), "a skipped line keeps its row number");
    }

    @Test
    void goesOnBehindAMalformedFirstLineIfTold() throws IOException {
        assertEquals(3, TestFiles.read(TestFiles.plain(folder, List.of("x", GOOD)), true).size());
    }

    @Test
    void aRowThatIsBadLeavesNoTraceInTheOrderOfTheDates() throws IOException {
        List<String> lines = List.of(GOOD, "2099-01-01T00:00,33,450,LAS,?", GOOD);
        assertEquals(5, TestFiles.read(TestFiles.plain(folder, lines), true).size());
    }

    @Test
    void refusesAnotherHeader() throws IOException {
        InputFile file = TestFiles.text(folder, "date,delay,distance,destination,origin\n" + GOOD + "\n");
        assertEquals(
                file + ", line 1: the header must be 'date,delay,distance,origin,destination', but is"
                        + " 'date,delay,distance,destination,origin'",
                assertThrows(BadFlightsException.class, () -> TestFiles.read(file, true)).getMessage());
    }

    @Test
    void refusesAnEmptyFile() throws IOException {
        InputFile file = TestFiles.text(folder, "");
        assertEquals(
                file + ", line 1: the header must be 'date,delay,distance,origin,destination', but is missing:"
                        + " the file is empty",
                assertThrows(BadFlightsException.class, () -> TestFiles.read(file, false)).getMessage());
    }

    @Test
    void saysWhyAFileCannotBeRead() {
        InputFile missing = InputFile.of(folder.resolve("missing.csv"));
        assertEquals(
                "cannot read " + missing + ": there is no such file",
                assertThrows(BadFlightsException.class, () -> TestFiles.read(missing, false)).getMessage());
        InputFile directory = InputFile.of(folder);
        assertEquals(
                "cannot read " + directory + ": is a folder",
                assertThrows(BadFlightsException.class, () -> TestFiles.read(directory, false)).getMessage());
    }

    @Test
    void saysBehindWhichLineACompressedFileIsCutOff() throws IOException {
        InputFile whole = TestFiles.compressed(folder, TestFiles.sampleLines(20_000));
        byte[] bytes = Files.readAllBytes(Path.of(whole.name()));
        InputFile cut = InputFile.of(Files.write(folder.resolve("cut"), Arrays.copyOf(bytes, bytes.length / 2)));
        String message = assertThrows(BadFlightsException.class, () -> TestFiles.read(cut, true)).getMessage();
        assertTrue(message.matches("cannot read .*cut after line \\d{4,5}: Unexpected end of ZLIB input stream"), message);
    }

    /** A place travels as bytes, and the reader may stop at any event, also at one behind a malformed line. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 256})
    void goesOnWhereAnotherReaderStood(int eventsPerReader) throws Exception {
        List<String> lines = new ArrayList<>(TestFiles.sampleLines(700));
        lines.add(0, "no flight");
        lines.add(300, "");
        lines.add(301, "2000-12-31T23:59,33,450,LAS,PHL");
        InputFile file = TestFiles.compressed(folder, lines);
        Reading reading = Reading.of(file).skippingBadRows(true);
        List<FlightEvent> events = new ArrayList<>();
        Place place = null;
        boolean isEnded = false;
        while (!isEnded) {
            try (FlightReader reader = new FlightReader(reading)) {
                if (place != null) {
                    reader.goOnAt(place);
                }
                for (int i = 0; i < eventsPerReader && !isEnded; i++) {
                    FlightEvent event = reader.next();
                    isEnded = event == null || !events.add(event);
                }
                place = copy(reader.place());
            }
        }
        assertEquals(TestFiles.read(file, true), events);
    }

    private static Place copy(Place place) throws IOException, ClassNotFoundException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(place);
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            return (Place) in.readObject();
        }
    }

    @Test
    void saysThatTheFileHasFewerRowsThanWereRead() throws IOException {
        List<String> lines = TestFiles.sampleLines(10);
        Place place;
        try (FlightReader reader = new FlightReader(Reading.of(TestFiles.plain(folder, lines)))) {
            for (int i = 0; i < 6; i++) {
                reader.next();
            }
            place = reader.place();
        }
        InputFile shorter = TestFiles.plain(folder, lines.subList(0, 3));
        try (FlightReader reader = new FlightReader(Reading.of(shorter))) {
            assertEquals(
                    shorter + " is not the file that it was: it has 3 rows, but " + place.rowCount()
                            + " were read of it; put the old file back, or start anew",
                    assertThrows(BadFlightsException.class, () -> reader.goOnAt(place)).getMessage());
        }
    }
}

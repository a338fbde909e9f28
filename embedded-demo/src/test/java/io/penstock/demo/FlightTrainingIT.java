package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.demo.FlightEvaluation.Candidate;
import io.penstock.demo.FlightTraining.Result;
import io.penstock.grid.Grid;
import io.penstock.infer.Models;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The models are trained again, out of rows that are collected again. */
class FlightTrainingIT {

    private static List<TrainingRow> all;
    private static List<TrainingRow> rows;
    private static List<Result> results;
    private static List<ModelReport> reports;

    @TempDir
    private Path folder;

    @BeforeAll
    static void train() throws InterruptedException {
        all = FlightTraining.collect(4);
        rows = FlightTraining.knownAtTheEnd(all);
        results = List.of(FlightTraining.train(1, rows), FlightTraining.train(2, rows));
        List<Candidate> candidates = results.stream().map(Result::candidate).toList();
        reports = FlightEvaluation.run(candidates, 2);
    }

    /** What {@link Reference} finds by looking through the file. */
    @Test
    void collectsWhatTheReferenceFindsInTheFile() {
        List<String> lines = TestFiles.sampleLines(2_000);
        Reference reference = new Reference(lines, Airport.read(InputFile.AIRPORTS));
        for (Reference.FlightLine line : reference.rows) {
            TrainingRow row = all.get((int) line.id() - 1);
            assertEquals(line.id(), row.id());
            assertEquals(line.departureMs(), row.departureMs());
            assertEquals(line.knownMs(), row.knownMs(), 1e-3);
            assertEquals(line.delay() > 15, row.isLate());
            assertArrayEquals(reference.columns(line.id()), row.features());
        }
    }

    @Test
    void trainsOnlyWithOutcomesThatWereKnownWhenTheLastTrainingFlightDeparted() {
        assertEquals(150_000, all.size());
        long cutOffMs = all.get(149_999).departureMs();
        assertTrue(rows.stream().allMatch(row -> row.knownMs() <= cutOffMs));
        assertEquals(all.stream().filter(row -> row.knownMs() <= cutOffMs).count(), rows.size());
        assertEquals(148_190, rows.size());
    }

    @Test
    void givesTheFiguresThatAreStoredWithTheModelsAgain() throws IOException {
        for (int i = 0; i < 2; i++) {
            FlightTraining.write(folder, results.get(i), rows.size(), reports.get(i));
            Properties found = new Properties();
            Properties shipped = new Properties();
            String name = FlightModel.fileName(i + 1, "properties");
            try (InputStream in = Files.newInputStream(folder.resolve(name));
                    InputStream shippedIn = FlightModel.class.getResourceAsStream(name)) {
                found.load(in);
                shipped.load(shippedIn);
            }
            assertEquals(shipped.stringPropertyNames(), found.stringPropertyNames());
            assertEquals(shipped.getProperty("columns"), found.getProperty("columns"));
            for (String key : List.of("threshold", "rows-trained", "auc-trained", "auc-evaluated",
                    "precision-evaluated", "recall-evaluated")) {
                assertEquals(Double.parseDouble(shipped.getProperty(key)), Double.parseDouble(found.getProperty(key)),
                        5e-4, name + ": " + key);
            }
        }
    }

    @Test
    void theModelsInTheGridScoreLikeTribuo() {
        try (Grid grid = Grid.embedded()) {
            for (Result result : results) {
                String name = "v" + result.version();
                Models.of(grid).deploy(name, result.model().onnx());
                for (int i = 0; i < 1_000; i++) {
                    float[] row = all.get(i * 150).features();
                    float score = Models.of(grid).score(name, row).get(FlightModel.PROBABILITY)[0];
                    assertEquals(result.model().score(row), score, 1e-5, name + ", row " + i);
                }
            }
        }
    }

    @Test
    void theFirstModelKnowsNothingOfTheStream() {
        try (Grid grid = Grid.embedded()) {
            Models.of(grid).deploy("v1", FlightModel.shippedOnnx(1));
            float[] row = all.get(70_000).features().clone();
            float before = Models.of(grid).score("v1", row).get(FlightModel.PROBABILITY)[0];
            for (int i = FlightFeatures.TIMETABLE_COLUMNS; i < row.length; i++) {
                row[i] += 10;
            }
            assertEquals(before, Models.of(grid).score("v1", row).get(FlightModel.PROBABILITY)[0]);
        }
    }

    @Test
    void writesTheRowsWithTheirOutcomes() throws IOException {
        Path file = folder.resolve("rows.csv");
        FlightTraining.writeRows(file, all.subList(0, 10));
        List<String> lines = Files.readAllLines(file);
        assertEquals(11, lines.size());
        List<String> columns = new ArrayList<>(List.of(lines.get(10).split(",")));
        assertEquals(4 + FlightFeatures.NAMES.size(), columns.size());
        assertEquals("10", columns.get(0));
        assertEquals(all.get(9).features()[5], Float.parseFloat(columns.get(9)));
    }

    /** What the shipped models reach; a plain logistic regression reaches 0.606 and 0.719. */
    @Test
    void bothModelsAreBetterThanAPlainLogisticRegression() {
        assertEquals(0.6214, reports.get(0).figures().auc(), 5e-4);
        assertEquals(0.7289, reports.get(1).figures().auc(), 5e-4);
        for (ModelReport report : reports) {
            assertEquals(150_000, report.figures().count());
            assertEquals(150_000, report.bins().stream().mapToLong(ModelReport.Bin::count).sum());
            assertEquals(FlightModel.shipped(report.version()).aucEvaluated(), report.figures().auc(), 5e-4);
            report.bins().stream().filter(bin -> bin.count() > 5_000).forEach(bin ->
                    assertEquals(bin.lateShare(), bin.meanScore(), 0.05, "calibration of v" + report.version()));
        }
    }
}

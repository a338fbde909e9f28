package io.penstock.demo;

import io.penstock.demo.FlightEvaluation.Candidate;
import io.penstock.demo.FlightTraining.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** {@code ./demo train}: makes both models. */
@Command(name = "train")
final class TrainCommand implements Callable<Integer> {

    /** The script says where the repository is. */
    @Option(names = "--into")
    private Path folder = Path.of(System.getProperty("penstock.demo.models", "embedded-demo/model"));

    @Option(names = "--rows")
    private Path rowsFile;

    @Spec
    private CommandSpec spec;

    @ParentCommand
    private Demo demo;

    @Override
    public Integer call() throws InterruptedException, IOException {
        if (!Files.isDirectory(folder)) {
            throw new ParameterException(spec.commandLine(), "--into must be a folder, but is " + folder);
        }
        List<TrainingRow> all = FlightTraining.collect(demo.threads());
        List<TrainingRow> rows = FlightTraining.knownAtTheEnd(all);
        demo.out().printf(Locale.ROOT, "%,d flights, of which %,d had a known outcome at the cut-off; these train%n",
                all.size(), rows.size());
        if (rowsFile != null) {
            FlightTraining.writeRows(rowsFile, all);
        }
        List<Result> results = List.of(FlightTraining.train(1, rows), FlightTraining.train(2, rows));
        List<Candidate> candidates = results.stream().map(Result::candidate).toList();
        List<ModelReport> reports = FlightEvaluation.run(candidates, demo.threads());
        for (int i = 0; i < results.size(); i++) {
            Result result = results.get(i);
            FlightTraining.write(folder, result, rows.size(), reports.get(i));
            demo.out().printf(Locale.ROOT,
                    "v%d: %d columns, AUC %.4f on these rows, %.4f on flights 150,001 to 300,000; written to %s%n",
                    result.version(), result.model().columns().size(), result.aucTrained(),
                    reports.get(i).figures().auc(),
                    FlightModel.fileName(result.version(), "onnx"));
        }
        return Demo.OK;
    }
}

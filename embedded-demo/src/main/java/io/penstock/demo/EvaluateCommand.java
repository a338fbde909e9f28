package io.penstock.demo;

import io.penstock.demo.FlightEvaluation.Candidate;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** {@code ./demo evaluate}: compares both models on flights that neither was trained with. */
@Command(name = "evaluate")
final class EvaluateCommand implements Callable<Integer> {

    @ParentCommand
    private Demo demo;

    @Override
    public Integer call() throws InterruptedException {
        List<ModelReport> reports =
                FlightEvaluation.run(List.of(Candidate.shipped(1), Candidate.shipped(2)), demo.threads());
        demo.out().println("Flights 150,001 to 300,000; the models were trained with flights 1 to 150,000.\n");
        demo.out().println(reports.get(0).toText("v1: hour, weekday and distance"));
        demo.out().print(reports.get(1).toText("v2: also what the stream knows"));
        return Demo.OK;
    }
}

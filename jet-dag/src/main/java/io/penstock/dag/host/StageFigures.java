package io.penstock.dag.host;

import io.penstock.dag.JobMetrics;
import io.penstock.dag.StageMetrics;
import io.penstock.dag.plan.StageNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;

/** What a job's stages have done, in words: events in and out, and every other counter that is not 0. */
public record StageFigures(JobMetrics metrics) implements Function<StageNode, String> {

    /** Counters that are said first, or that tell of a step's half what the plan shows. */
    private static final Set<String> NOT_LISTED = Set.of("in", "out", "sent", "received");

    @Override
    public String apply(StageNode stage) {
        String name = stage.userStage();
        return switch (stage.part()) {
            case WHOLE -> withOthers(inAndOut(stage, "in", "out"), name);
            case FIRST -> inAndOut(stage, "in", "sent");
            case SECOND -> withOthers(inAndOut(stage, "received", "out"), name);
        };
    }

    private String inAndOut(StageNode stage, String in, String out) {
        String name = stage.userStage();
        String outText = "out " + number(metrics.count(name, out));
        return stage.isSource() ? outText : "in " + number(metrics.count(name, in)) + ", " + outText;
    }

    private String withOthers(String figures, String stage) {
        Map<String, Long> others = new TreeMap<>();
        for (StageMetrics instance : metrics.ofStage(stage)) {
            instance.counters().forEach((counter, count) -> others.merge(counter, count, Long::sum));
        }
        List<String> parts = new ArrayList<>(List.of(figures));
        others.forEach((counter, count) -> {
            if (count != 0 && !NOT_LISTED.contains(counter)) {
                parts.add(counter + " " + number(count));
            }
        });
        return String.join(", ", parts);
    }

    private static String number(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }
}

package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Features;
import io.penstock.dag.AggregateOperation;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.Models;
import java.io.Serializable;
import java.time.Duration;

/** W4. Counts and sums the high and the other scores apart, in one window over all events. */
final class ScoringPipeline implements GridWork {

    private static final String MODEL = "mlp";
    private static final String OUTPUT = "score";

    private record Scores(double sum, long count) implements Serializable {}

    private static final class Accumulator implements Serializable {
        private static final long serialVersionUID = 1L;

        private double sum;
        private long count;

        void add(double sumOfOthers, long countOfOthers) {
            sum += sumOfOthers;
            count += countOfOthers;
        }
    }

    private static final MapRef<Boolean, Scores> SCORES = MapRef.of("scores", Boolean.class, Scores.class);

    @Override
    public void load(Grid grid) {
        Models.of(grid).deploy(MODEL, Features.model());
    }

    @Override
    public Pipeline pipeline(long count) {
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.generator(count, Features::of))
                .withTimestamps(features -> 0, Duration.ZERO)
                .apply(Infer.with(
                        MODEL,
                        (features, row) -> {
                            for (float feature : features) {
                                row.put(feature);
                            }
                        },
                        (features, scores) -> scores.f32(OUTPUT)))
                .groupingKey(score -> score > Features.HIGH)
                .window(WindowDefinition.tumbling(Duration.ofDays(1)))
                .aggregate(summingAndCounting())
                .writeTo(Sinks.map(SCORES, result -> result.key(), result -> result.result()));
        return p;
    }

    private static AggregateOperation<Float, Accumulator, Scores> summingAndCounting() {
        return new AggregateOperation<>(
                Accumulator::new,
                (scores, score) -> scores.add(score, 1),
                (scores, others) -> scores.add(others.sum, others.count),
                scores -> new Scores(scores.sum, scores.count));
    }

    @Override
    public Answer takeAnswer(Grid grid) {
        GridMap<Boolean, Scores> scores = grid.map(SCORES);
        Scores none = new Scores(0, 0);
        Scores high = scores.getOrDefault(true, none);
        double sum = high.sum + scores.getOrDefault(false, none).sum;
        scores.clear();
        return Answer.ofScores(sum, high.count);
    }
}

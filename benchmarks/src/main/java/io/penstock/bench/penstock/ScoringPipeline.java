package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Features;
import io.penstock.bench.work.Slice;
import io.penstock.dag.AggregateOperation;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import io.penstock.infer.Infer;
import io.penstock.infer.Models;
import java.io.Serializable;
import java.time.Duration;
import java.util.Map;

/** W4. Counts and sums the high and the other scores apart, in one window over all events. */
final class ScoringPipeline implements GridWork {

    private static final String MODEL = "mlp";
    private static final String OUTPUT = "score";

    private record Scores(double sum, long count) implements Serializable {
        private Scores plus(Scores other) {
            return new Scores(sum + other.sum, count + other.count);
        }
    }

    private static final class Accumulator implements Serializable {
        private static final long serialVersionUID = 1L;

        private double sum;
        private long count;

        void add(double sumOfOthers, long countOfOthers) {
            sum += sumOfOthers;
            count += countOfOthers;
        }
    }

    static MapRef<Boolean, Scores> scores(int job) {
        return GridWork.results("scores", job, Boolean.class, Scores.class);
    }

    @Override
    public void load(Grid grid) {
        Models.of(grid).deploy(MODEL, Features.model());
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        Pipeline p = Pipeline.create();
        p.readFrom(GridWork.source(slice, Features::of))
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
                .writeTo(Sinks.map(scores(job), result -> result.key(), result -> result.result()));
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
    public Answer takeAnswer(Grid grid, int jobCount) {
        Map<Boolean, Scores> scores = GridWork.take(grid, jobCount, ScoringPipeline::scores, Scores::plus);
        Scores none = new Scores(0, 0);
        Scores high = scores.getOrDefault(true, none);
        double sum = high.sum + scores.getOrDefault(false, none).sum;
        return Answer.ofScores(sum, high.count);
    }
}

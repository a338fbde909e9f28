package io.penstock.bench.jet;

import static com.hazelcast.jet.aggregate.AggregateOperations.allOf;
import static com.hazelcast.jet.aggregate.AggregateOperations.counting;
import static com.hazelcast.jet.aggregate.AggregateOperations.filtering;
import static com.hazelcast.jet.aggregate.AggregateOperations.summingDouble;

import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.Util;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.ServiceFactory;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Features;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Slice;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** W4, in batches, which are scored on the cooperative thread: that is faster than handing them to a pool. */
final class ScoringOnJet implements JetWork {

    private static final String SUM = "sum";
    private static final String HIGH_COUNT = "high count";

    private final Results results;

    ScoringOnJet(Results results) {
        this.results = results;
    }

    @Override
    public Pipeline pipeline(Slice slice) {
        ServiceFactory<?, BatchScorer> scorers =
                ServiceFactories.nonSharedService(context -> new BatchScorer(), BatchScorer::close);
        Pipeline p = Pipeline.create();
        p.readFrom(EventSource.<float[]>batch(slice, Features::of))
                .mapUsingServiceAsyncBatched(scorers, BatchScorer.ROWS_MAX,
                        (scorer, rows) -> CompletableFuture.completedFuture(scorer.score(rows)))
                .aggregate(allOf(
                        summingDouble((Float score) -> score),
                        filtering((Float score) -> score > Features.HIGH, counting())))
                .flatMap(result -> Traversers.traverseItems(
                        Util.entry(SUM, result.f0()), Util.entry(HIGH_COUNT, (double) result.f1())))
                .writeTo(results.sink(row -> 0, row -> row.getKey(), row -> row.getValue()));
        return p;
    }

    @Override
    public Answer takeAnswer() {
        results.collect();
        Map<Object, Double> values = Rows.takeValues();
        return Answer.ofScores(values.get(SUM), values.get(HIGH_COUNT).longValue());
    }
}

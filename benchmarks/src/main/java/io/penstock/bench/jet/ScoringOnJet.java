package io.penstock.bench.jet;

import static com.hazelcast.jet.aggregate.AggregateOperations.allOf;
import static com.hazelcast.jet.aggregate.AggregateOperations.counting;
import static com.hazelcast.jet.aggregate.AggregateOperations.filtering;
import static com.hazelcast.jet.aggregate.AggregateOperations.summingDouble;

import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.ServiceFactories;
import com.hazelcast.jet.pipeline.ServiceFactory;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Features;
import io.penstock.bench.work.Slice;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** W4, in batches, which are scored on the cooperative thread: that is faster than handing them to a pool. */
final class ScoringOnJet implements JetWork {

    private static final DoubleAdder SUM = new DoubleAdder();
    private static final LongAdder HIGH_COUNT = new LongAdder();

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
                .writeTo(RowSink.of(result -> {
                    SUM.add(result.f0());
                    HIGH_COUNT.add(result.f1());
                }));
        return p;
    }

    @Override
    public Answer takeAnswer() {
        return Answer.ofScores(SUM.sumThenReset(), HIGH_COUNT.sumThenReset());
    }
}

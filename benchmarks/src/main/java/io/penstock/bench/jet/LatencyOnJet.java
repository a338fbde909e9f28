package io.penstock.bench.jet;

import static com.hazelcast.jet.aggregate.AggregateOperations.counting;
import static com.hazelcast.jet.pipeline.WindowDefinition.tumbling;

import com.hazelcast.jet.pipeline.Pipeline;
import io.penstock.bench.latency.LatencyLog;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;

/** W5. */
final class LatencyOnJet implements JetWork {

    @Override
    public Pipeline pipeline(Slice slice) {
        Pipeline p = Pipeline.create();
        p.readFrom(EventSource.paced(LatencyLog.begin(slice.size())))
                .withTimestamps(Sentence::timeMs, 0)
                .flatMap(sentence -> WordCountOnJet.words(sentence.text()))
                .groupingKey(word -> word)
                .window(tumbling(Sentence.WINDOW_MS))
                .aggregate(counting())
                .writeTo(RowSink.of(result -> LatencyLog.note(result.key(), result.result(), result.end())));
        return p;
    }

    @Override
    public Answer takeAnswer() {
        return LatencyLog.answer();
    }
}

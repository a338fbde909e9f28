package io.penstock.bench.jet;

import static com.hazelcast.jet.aggregate.AggregateOperations.counting;
import static com.hazelcast.jet.pipeline.WindowDefinition.tumbling;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.pipeline.Pipeline;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;

/** W1. */
final class WordCountOnJet implements JetWork {

    private final Results results;

    WordCountOnJet(Results results) {
        this.results = results;
    }

    @Override
    public Pipeline pipeline(Slice slice) {
        Pipeline p = Pipeline.create();
        p.readFrom(EventSource.stream(slice, Sentence::of))
                .withTimestamps(Sentence::timeMs, 0)
                .flatMap(sentence -> words(sentence.text()))
                .groupingKey(word -> word)
                .window(tumbling(Sentence.WINDOW_MS))
                .aggregate(counting())
                .writeTo(results.sink(result -> result.end(), result -> result.key(), result -> result.result()));
        return p;
    }

    static Traverser<String> words(String text) {
        return new Traverser<>() {
            private int start;

            @Override
            public String next() {
                if (start > text.length()) {
                    return null;
                }
                int space = text.indexOf(' ', start);
                int end = space < 0 ? text.length() : space;
                String word = text.substring(start, end);
                start = end + 1;
                return word;
            }
        };
    }

    @Override
    public Answer takeAnswer() {
        results.collect();
        return Rows.takeCounts();
    }
}

package io.penstock.bench.penstock;

import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Traverser;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;

/** W1. */
final class WordCountPipeline implements GridWork {

    record WordAndWindow(String word, long windowEndMs) {}

    private final LongFunctionEx<Sentence> sentenceFn;

    WordCountPipeline(LongFunctionEx<Sentence> sentenceFn) {
        this.sentenceFn = sentenceFn;
    }

    static MapRef<WordAndWindow, Long> counts(int job) {
        return GridWork.results("counts", job, WordAndWindow.class, Long.class);
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        Pipeline p = Pipeline.create();
        p.readFrom(GridWork.source(slice, sentenceFn))
                .withTimestamps(Sentence::timeMs, Duration.ZERO)
                .flatMap(sentence -> words(sentence.text()))
                .groupingKey(word -> word)
                .window(WindowDefinition.tumbling(Duration.ofMillis(Sentence.WINDOW_MS)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(
                        counts(job), result -> new WordAndWindow(result.key(), result.endMs()), result -> result.result()));
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
    public Answer takeAnswer(Grid grid, int jobCount) {
        Checksum checksum = new Checksum();
        GridWork.take(grid, jobCount, WordCountPipeline::counts, Long::sum)
                .forEach((key, count) -> checksum.add(key.windowEndMs, key.word, count));
        return checksum.answer();
    }
}

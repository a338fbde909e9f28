package io.penstock.bench.penstock;

import io.penstock.bench.latency.LatencyLog;
import io.penstock.bench.latency.PacedSentences;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.dag.SourceBuffer;
import io.penstock.dag.SourceBuilder;
import io.penstock.dag.WindowDefinition;
import io.penstock.grid.Grid;
import java.time.Duration;

/** W5. */
final class LatencyPipeline implements GridWork {

    /** Reads what is due; a few hundred sentences at most before others get their turn. */
    private static final class Reader {

        private static final int FILL_MAX = 256;

        private final PacedSentences sentences;
        private long nextIndex;

        private Reader(PacedSentences sentences) {
            this.sentences = sentences;
        }

        private void fill(SourceBuffer<Sentence> buffer) {
            long end = Math.min(sentences.dueCount(), nextIndex + FILL_MAX);
            for (; nextIndex < end; nextIndex++) {
                buffer.add(sentences.get(nextIndex));
            }
            if (nextIndex == sentences.count()) {
                buffer.close();
            }
        }
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        Pipeline p = Pipeline.create();
        p.readFrom(source(LatencyLog.begin(slice.size())))
                .withTimestamps(Sentence::timeMs, Duration.ZERO)
                .flatMap(sentence -> WordCountPipeline.words(sentence.text()))
                .groupingKey(word -> word)
                .window(WindowDefinition.tumbling(Duration.ofMillis(Sentence.WINDOW_MS)))
                .aggregate(AggregateOperations.counting())
                .map(result -> {
                    LatencyLog.note(result.key(), result.result(), result.endMs());
                    return result;
                })
                .writeTo(Sinks.noop());
        return p;
    }

    private static Source<Sentence> source(PacedSentences sentences) {
        return SourceBuilder.batch("paced", () -> new Reader(sentences)).fillBufferFn(Reader::fill).build();
    }

    @Override
    public Answer takeAnswer(Grid grid, int jobCount) {
        return LatencyLog.answer();
    }
}

package io.penstock.bench.flink;

import io.penstock.bench.latency.LatencyLog;
import io.penstock.bench.latency.PacedSentences;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource.NumberSequenceSplit;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.Collector;

/** W1 and W5. */
final class WordCountOnFlink implements FlinkWork {

    private static final TypeInformation<Row<String>> ROWS = TypeInformation.of(new TypeHint<Row<String>>() {});

    private final boolean isPaced;

    WordCountOnFlink(boolean isPaced) {
        this.isPaced = isPaced;
    }

    @Override
    public void build(StreamExecutionEnvironment environment, Slice slice) {
        if (isPaced) {
            PacedSentences sentences = LatencyLog.begin(slice.size());
            build(environment, slice, sentences::get, new Pace(sentences),
                    row -> LatencyLog.note(row.key(), (long) row.value(), row.windowEndMs()));
        } else {
            build(environment, slice, Sentence::of, FlinkWork.unlimited(),
                    row -> Rows.add(row.windowEndMs(), row.key(), row.value()));
        }
    }

    private static void build(StreamExecutionEnvironment environment, Slice slice, EventFn<Sentence> sentenceFn,
            RateLimiterStrategy<NumberSequenceSplit> pace, RowSink.Add<Row<String>> addFn) {
        DataStream<Sentence> sentences = environment.fromSource(
                EventSource.of(slice, environment.getParallelism(), sentenceFn, Sentence.class, pace),
                WatermarkStrategy.<Sentence>forMonotonousTimestamps()
                        .withTimestampAssigner((sentence, ignored) -> sentence.timeMs()),
                "sentences");
        sentences.flatMap(WordCountOnFlink::split)
                .returns(Types.STRING)
                .keyBy(word -> word)
                .window(FlinkWork.tumbling(Sentence.WINDOW_MS))
                .aggregate(new Counting<>(), new WithWindow<>(), Types.LONG, Types.LONG, ROWS)
                .sinkTo(new RowSink<>(addFn));
    }

    private static void split(Sentence sentence, Collector<String> out) {
        String text = sentence.text();
        int start = 0;
        for (int space = text.indexOf(' '); space >= 0; space = text.indexOf(' ', start)) {
            out.collect(text.substring(start, space));
            start = space + 1;
        }
        out.collect(text.substring(start));
    }

    @Override
    public Answer takeAnswer() {
        return isPaced ? LatencyLog.answer() : Rows.takeCounts();
    }
}

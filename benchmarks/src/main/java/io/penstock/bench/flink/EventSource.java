package io.penstock.bench.flink;

import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.Slice;
import java.util.Collection;
import java.util.List;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.lib.NumberSequenceSource;
import org.apache.flink.api.connector.source.util.ratelimit.RateLimiterStrategy;
import org.apache.flink.connector.datagen.source.DataGeneratorSource;

/**
 * Of P readers, reader p makes the events p, p + P, p + 2P, ... of a slice.
 *
 * <p>Flink's generator cuts the numbers 0 to {@code count - 1} into ranges. The numbers of range p stand for the events
 * of reader p, and each reader gets exactly one range: otherwise event times would lie apart as far as ranges do, and a
 * reader that took a second range would go back in time.
 */
final class EventSource extends NumberSequenceSource {

    private static final long serialVersionUID = 1L;

    private EventSource(long count) {
        super(0, count - 1);
    }

    static <T> DataGeneratorSource<T> of(Slice slice, int parallelism, EventFn<T> eventFn, Class<T> type,
            RateLimiterStrategy<NumberSequenceSplit> pace) {
        long from = slice.from();
        long rangeSize = slice.size() / parallelism;
        long largerCount = slice.size() % parallelism;
        long larger = largerCount * (rangeSize + 1);
        return new DataGeneratorSource<>(
                number -> {
                    if (number < larger) {
                        return eventFn.of(from + number / (rangeSize + 1) + number % (rangeSize + 1) * parallelism);
                    }
                    long rest = number - larger;
                    return eventFn.of(from + largerCount + rest / rangeSize + rest % rangeSize * parallelism);
                },
                new EventSource(slice.size()), pace, TypeInformation.of(type));
    }

    @Override
    public SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> createEnumerator(
            SplitEnumeratorContext<NumberSequenceSplit> context) {
        return new OneRangeEach(context, splitNumberRange(getFrom(), getTo(), context.currentParallelism()));
    }

    /** Nothing fails and starts anew here, so that no range is ever given back. */
    private record OneRangeEach(SplitEnumeratorContext<NumberSequenceSplit> context, List<NumberSequenceSplit> ranges)
            implements SplitEnumerator<NumberSequenceSplit, Collection<NumberSequenceSplit>> {

        @Override
        public void addReader(int reader) {
            if (reader < ranges.size()) {
                context.assignSplit(ranges.get(reader), reader);
            }
            context.signalNoMoreSplits(reader);
        }

        @Override
        public void start() {}

        @Override
        public void handleSplitRequest(int reader, String host) {}

        @Override
        public void addSplitsBack(List<NumberSequenceSplit> splits, int reader) {
            throw new UnsupportedOperationException("a benchmark is not resumed");
        }

        @Override
        public Collection<NumberSequenceSplit> snapshotState(long checkpointId) {
            return List.of();
        }

        @Override
        public void close() {}
    }
}

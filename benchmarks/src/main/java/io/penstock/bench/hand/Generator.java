package io.penstock.bench.hand;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Features;
import io.penstock.bench.work.Payment;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Workload;

/** Makes the events of a workload and looks at every field, so that none is optimized away: what all systems pay. */
public final class Generator implements Contender {

    private final Slices slices;
    private final Workload workload;
    private long seen;

    public Generator(Workload workload, int threadCount) {
        this.workload = workload;
        slices = new Slices(threadCount);
    }

    @Override
    public void run(long count) throws Exception {
        for (long ofSlice : slices.run((first, stride) -> generate(first, stride, count))) {
            seen += ofSlice;
        }
    }

    private long generate(int first, int stride, long count) {
        return switch (workload) {
            case W1 -> sentences(first, stride, count);
            case W2 -> adEvents(first, stride, count);
            case W3 -> payments(first, stride, count);
            case W4 -> features(first, stride, count);
            case W5, HOP -> throw new IllegalArgumentException(workload + " has no generator");
        };
    }

    private static long sentences(int first, int stride, long count) {
        long seen = 0;
        for (long index = first; index < count; index += stride) {
            Sentence sentence = Sentence.of(index);
            seen += sentence.timeMs() + sentence.text().charAt(sentence.text().length() - 1);
        }
        return seen;
    }

    private static long adEvents(int first, int stride, long count) {
        long seen = 0;
        for (long index = first; index < count; index += stride) {
            AdEvent event = AdEvent.of(index);
            seen ^= event.userId() ^ event.pageId() ^ event.adId() ^ event.adType() ^ event.eventTime();
            seen ^= event.eventType().hashCode();
        }
        return seen;
    }

    private static long payments(int first, int stride, long count) {
        long seen = 0;
        for (long index = first; index < count; index += stride) {
            Payment payment = Payment.of(index);
            seen += payment.key() + (long) payment.amount();
        }
        return seen;
    }

    private static long features(int first, int stride, long count) {
        float[] row = new float[Features.COUNT];
        float seen = 0;
        for (long index = first; index < count; index += stride) {
            Features.fill(index, row, 0);
            seen += row[(int) (index % Features.COUNT)];
        }
        return (long) seen;
    }

    /** No result to be right or wrong. */
    @Override
    public Answer takeAnswer() {
        return Answer.NONE;
    }

    @Override
    public void close() {
        slices.close();
    }
}

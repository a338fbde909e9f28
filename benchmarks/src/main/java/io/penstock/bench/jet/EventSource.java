package io.penstock.bench.jet;

import com.hazelcast.jet.Traverser;
import com.hazelcast.jet.Traversers;
import com.hazelcast.jet.core.AbstractProcessor;
import com.hazelcast.jet.core.EventTimeMapper;
import com.hazelcast.jet.core.EventTimePolicy;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.pipeline.BatchSource;
import com.hazelcast.jet.pipeline.Sources;
import com.hazelcast.jet.pipeline.StreamSource;
import io.penstock.bench.latency.PacedSentences;
import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.Sentence;
import io.penstock.bench.work.Slice;

/** Of P processors, processor p makes the events p, p + P, p + 2P, ... of a slice; ends after the last one. */
final class EventSource<T> extends AbstractProcessor {

    private final Slice slice;
    private final EventFn<? extends T> eventFn;
    private final EventTimeMapper<T> times;
    private final PacedSentences pace;
    private Traverser<Object> pending = Traversers.empty();
    private long nextIndex;
    private int stride;

    /**
     * @param policy null for events without times
     * @param pace when events are due, null for at once
     */
    private EventSource(Slice slice, EventFn<? extends T> eventFn, EventTimePolicy<? super T> policy,
            PacedSentences pace) {
        this.slice = slice;
        this.eventFn = eventFn;
        this.pace = pace;
        times = policy == null ? null : new EventTimeMapper<>(policy);
    }

    /** Events with times. */
    static <T> StreamSource<T> stream(Slice slice, EventFn<? extends T> eventFn) {
        return Sources.streamFromProcessorWithWatermarks("events", false, policy ->
                ProcessorMetaSupplier.of(() -> new EventSource<T>(slice, eventFn, policy, null)));
    }

    /** Events without times. */
    static <T> BatchSource<T> batch(Slice slice, EventFn<? extends T> eventFn) {
        return Sources.batchFromProcessor(
                "events", ProcessorMetaSupplier.of(() -> new EventSource<T>(slice, eventFn, null, null)));
    }

    /** Sentences when they are due. */
    static StreamSource<Sentence> paced(PacedSentences sentences) {
        Slice slice = new Slice(0, sentences.count());
        EventFn<Sentence> eventFn = sentences::get;
        return Sources.streamFromProcessorWithWatermarks("events", false, policy ->
                ProcessorMetaSupplier.of(() -> new EventSource<>(slice, eventFn, policy, sentences)));
    }

    @Override
    protected void init(Context context) {
        nextIndex = slice.from() + context.globalProcessorIndex();
        stride = context.totalParallelism();
        if (times != null) {
            times.addPartitions(1);
        }
    }

    @Override
    public boolean complete() {
        long end = pace == null ? slice.to() : pace.dueCount();
        while (true) {
            if (!emitFromTraverser(pending)) {
                return false;
            }
            if (nextIndex >= end) {
                return nextIndex >= slice.to();
            }
            T event = eventFn.of(nextIndex);
            nextIndex += stride;
            if (times != null) {
                pending = times.flatMapEvent(event, 0, EventTimeMapper.NO_NATIVE_TIME);
            } else if (!tryEmit(event)) {
                pending = Traversers.singleton(event);
            }
        }
    }
}

package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Emitter;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.CarriedGrid;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the changes of a map. Instance i of n has the partitions p with {@code p % n == i}; a snapshot holds the
 * place in each of them, so that any number of instances can go on. An instance without partitions ends at once: else
 * the time of the stage would wait for it forever.
 *
 * <p><b>Content in snapshots.</b> There is none, so that values need not be serializable and no entry of a snapshot is
 * as large as a partition. What was listed of a partition's content is given out to its end before a snapshot can pass:
 * the host pulls it from an {@link Emitter}. A partition whose content was not listed yet has the place {@link
 * Changes.Position#CONTENT}.
 */
public final class MapChangesSource<K, V> implements SourceOperator {

    /** Where to begin. */
    public enum Start { NOW, OLDEST, CONTENT }

    /** What to do about changes that are lost. */
    public enum OnGap { FAIL, SKIP, READ_CONTENT }

    /**
     * A place in the journal of one partition.
     *
     * @param partitionCount of the journal, since what an instance owns of another may be nothing
     */
    private record Place(long journalId, int partitionCount, long next) implements Serializable {}

    /** A map that was quiet for so many looks, which is about a second, is looked at less often. */
    private static final int QUIET_LOOKS = 200;

    private static final long QUIET_REST_NS = TimeUnit.MILLISECONDS.toNanos(20);

    /** On a cluster each look asks the members: after one that found nothing it rests 1 ms, 2 ms, ... up to 64 ms. */
    private static final long CLUSTER_REST_NS_MIN = TimeUnit.MILLISECONDS.toNanos(1);

    private static final int CLUSTER_REST_DOUBLINGS_MAX = 6;

    private static final Logger LOG = LoggerFactory.getLogger(MapChangesSource.class);

    private final MapRef<K, V> ref;
    private final Start start;
    private final OnGap onGap;
    private OperatorContext context;
    private Changes<K, V> changes;
    private Changes.PartitionSet partitions;
    private StageCounter lost;
    /** When the source was opened: what is written after the job's start is to be seen. */
    private Changes.Position opened;
    /** By partition the number of the next change; null if nothing was restored. */
    private List<Long> restored;
    /** Whether the snapshot knows another journal than the map has now, and the job may go on nevertheless. */
    private boolean isAnotherJournal;
    /** Null until the first fill. */
    private Changes.Reader<K, V> reader;
    /** Those of which the oldest change is wanted, whichever that is by the time it is read. */
    private final BitSet fromOldest = new BitSet();
    /** How much of a partition's content is listed and not given out. */
    private int contentLeft;
    private boolean endsInContent;
    private int quietLooks;
    private boolean isOnCluster;

    public MapChangesSource(MapRef<K, V> ref, Start start, OnGap onGap) {
        this.ref = ref;
        this.start = start;
        this.onGap = onGap;
    }

    /**
     * Listing the content of a large map takes too long for others to wait, and so do the answers of a cluster; whether
     * the map is on one is known when the source is open.
     */
    @Override
    public boolean isCooperative() {
        return !isOnCluster && start != Start.CONTENT && onGap != OnGap.READ_CONTENT;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        isOnCluster = CarriedGrid.isOnCluster(context.grid());
        changes = context.grid().map(ref).changes();
        partitions = new Changes.PartitionSet(context.instance(), context.instanceCount());
        lost = context.counter("lost");
        opened = changes.now();
    }

    @Override
    public boolean fill(Output output) {
        if (context.instance() >= changes.partitionCount()) {
            return false;
        }
        begin();
        try {
            endsInContent = false;
            int count = reader.poll(change -> emit(change, output), Batch.CAPACITY);
            quietLooks = count > 0 ? 0 : Math.min(QUIET_LOOKS, quietLooks + 1);
        } catch (ChangesLostException gap) {
            goOnAfter(gap);
        }
        if (endsInContent) {
            contentLeft = reader.position().content().size();
            output.emitFrom(this::emitContent);
        }
        return true;
    }

    @Override
    public long restNs() {
        if (isOnCluster) {
            return CLUSTER_REST_NS_MIN << Math.min(CLUSTER_REST_DOUBLINGS_MAX, Math.max(0, quietLooks - 1));
        }
        return quietLooks < QUIET_LOOKS ? 0 : QUIET_REST_NS;
    }

    private void emit(MapChange<K, V> change, Output output) {
        endsInContent = change.kind() == MapChange.Kind.PRESENT;
        if (!fromOldest.isEmpty()) {
            fromOldest.clear(change.partition());
        }
        output.emit(Batch.NO_TIME, change);
    }

    private boolean emitContent(Output output) {
        if (contentLeft == 0) {
            return false;
        }
        contentLeft--;
        output.emit(Batch.NO_TIME, reader.poll());
        return true;
    }

    private void goOnAfter(ChangesLostException gap) {
        if (fromOldest.get(gap.partition())) {
            return; // the reader stands at what is the oldest now
        }
        lost.add(gap.lostCount());
        switch (onGap) {
            case FAIL -> throw new StageException(
                    context.stage(),
                    "fell behind the changes of map '" + ref.name() + "' and lost " + gap.lostCount() + " of partition "
                            + gap.partition() + "; raise the map's journalCapacity, which is " + changes.capacity()
                            + ", let the job do less for each change, or choose skipGaps() or readContentAfterGaps()",
                    gap);
            case SKIP -> { }
            case READ_CONTENT -> reader.readContent(gap.partition());
        }
    }

    /** Known only now: whether the job goes on from a snapshot, and with which places. */
    private void begin() {
        if (reader != null) {
            return;
        }
        if (isAnotherJournal) {
            boolean readsContent = onGap == OnGap.READ_CONTENT;
            LOG.warn("job '{}': stage '{}': the snapshot is of another journal of map '{}'; goes on with {}",
                    context.job(), context.stage(), ref.name(),
                    readsContent ? "the map's content" : "its oldest change, and nobody knows what is lost");
            reader = reader(readsContent ? Start.CONTENT : Start.OLDEST);
        } else if (restored != null) {
            reader = changes.from(new Changes.Position(opened.journalId(), restored, List.of()), partitions);
        } else {
            reader = reader(start);
        }
    }

    private Changes.Reader<K, V> reader(Start from) {
        return switch (from) {
            case NOW -> changes.from(opened, partitions);
            case OLDEST -> {
                ownPartitions().forEach(fromOldest::set);
                yield changes.from(changes.oldest(), partitions);
            }
            case CONTENT -> changes.fromContent(partitions);
        };
    }

    private IntStream ownPartitions() {
        return IntStream.range(0, changes.partitionCount()).filter(partitions::contains);
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        begin();
        Changes.Position position = reader.position();
        int count = changes.partitionCount();
        return ownPartitions()
                .mapToObj(partition -> new StateEntry(
                        partition, new Place(position.journalId(), count, position.next().get(partition))))
                .iterator();
    }

    /** Every instance sees the places of all partitions. */
    @Override
    public void restore(Object key, Object value) {
        Place place = (Place) value;
        if (place.journalId != opened.journalId() || place.partitionCount != changes.partitionCount()) {
            isAnotherJournal = true;
            if (onGap == OnGap.FAIL) {
                throw new StageException(
                        context.stage(),
                        "cannot go on from the snapshot: it has a place in another journal of map '" + ref.name()
                                + "' than the map has now, for a journal ends with its grid; start the job without the"
                                + " snapshot, or choose readContentAfterGaps() or skipGaps()",
                        null);
            }
            return;
        }
        if (restored == null) {
            restored = new ArrayList<>(opened.next());
        }
        restored.set((Integer) key, place.next);
    }
}

package io.penstock.dag.step;

import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import io.penstock.dag.operator.StageCounter;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Follows the changes of a map. Instance i of n has the partitions p with {@code p % n == i}; a snapshot holds the place
 * in each of them, so that any number of instances can go on.
 */
public final class MapChangesSource<K, V> implements SourceOperator {

    /** Where to begin. */
    public enum Start { NOW, OLDEST, CONTENT }

    /** What to do about changes that are lost. */
    public enum OnGap { FAIL, SKIP, READ_CONTENT }

    /** A place in the journal of one partition, with what is left of its content. */
    private record Place(long journalId, long next, List<MapChange<?, ?>> content) implements Serializable {}

    private final MapRef<K, V> ref;
    private final Start start;
    private final OnGap onGap;
    private OperatorContext context;
    private Changes<K, V> changes;
    private StageCounter lost;
    /** By partition the place to go on from; null for those of other instances. */
    private Place[] restored;
    /** Null until the first fill. */
    private Changes.Reader<K, V> reader;

    public MapChangesSource(MapRef<K, V> ref, Start start, OnGap onGap) {
        this.ref = ref;
        this.start = start;
        this.onGap = onGap;
    }

    /** Listing the content of a large map takes too long for others to wait. */
    @Override
    public boolean isCooperative() {
        return start != Start.CONTENT && onGap != OnGap.READ_CONTENT;
    }

    @Override
    public void open(OperatorContext context) {
        this.context = context;
        changes = context.grid().map(ref).changes();
        lost = context.counter("lost");
        restored = new Place[changes.partitionCount()];
    }

    @Override
    public boolean fill(Output output) {
        begin();
        try {
            reader.poll(change -> output.emit(Batch.NO_TIME, change), Batch.CAPACITY);
        } catch (ChangesLostException gap) {
            goOnAfter(gap);
        }
        return true;
    }

    private void goOnAfter(ChangesLostException gap) {
        switch (onGap) {
            case FAIL -> throw gap;
            case SKIP -> lost.add(gap.lostCount());
            case READ_CONTENT -> {
                lost.add(gap.lostCount());
                reader.readContent(gap.partition());
            }
        }
    }

    private Changes.PartitionSet partitions() {
        return new Changes.PartitionSet(context.instance(), context.instanceCount());
    }

    private void begin() {
        if (reader == null) {
            reader = context.isRestored() ? restoredReader() : switch (start) {
                case NOW -> changes.from(changes.now(), partitions());
                case OLDEST -> changes.from(changes.oldest(), partitions());
                case CONTENT -> changes.fromContent(partitions());
            };
        }
    }

    private Changes.Reader<K, V> restoredReader() {
        Changes.Position now = changes.now();
        long journalId = now.journalId();
        List<Long> next = new ArrayList<>(now.next());
        List<MapChange<?, ?>> content = new ArrayList<>();
        for (int partition = 0; partition < restored.length; partition++) {
            Place place = restored[partition];
            if (place != null) {
                journalId = place.journalId;
                next.set(partition, place.next);
                content.addAll(place.content);
            }
        }
        try {
            return changes.from(new Changes.Position(journalId, next, content), partitions());
        } catch (ChangesLostException gap) { // the journal is another than that of the snapshot
            return switch (onGap) {
                case FAIL -> throw gap;
                case SKIP -> changes.from(changes.oldest(), partitions());
                case READ_CONTENT -> changes.fromContent(partitions());
            };
        }
    }

    @Override
    public Iterator<StateEntry> snapshot() {
        begin();
        Changes.Position position = reader.position();
        Changes.PartitionSet own = partitions();
        return IntStream.range(0, restored.length)
                .filter(own::contains)
                .mapToObj(partition -> new StateEntry(partition, place(position, partition)))
                .iterator();
    }

    private static Place place(Changes.Position position, int partition) {
        List<MapChange<?, ?>> content = position.content().isEmpty()
                ? List.of()
                : position.content().stream().filter(change -> change.partition() == partition).toList();
        return new Place(position.journalId(), position.next().get(partition), content);
    }

    @Override
    public void restore(Object key, Object value) {
        int partition = (Integer) key;
        if (partitions().contains(partition)) {
            restored[partition] = (Place) value;
        }
    }
}

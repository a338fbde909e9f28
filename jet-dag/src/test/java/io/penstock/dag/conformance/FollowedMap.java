package io.penstock.dag.conformance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.MapChangesOptions;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sources;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.StateEntry;
import io.penstock.grid.Changes;
import io.penstock.grid.Eviction;
import io.penstock.grid.GridConfig;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapChange.Kind;
import io.penstock.grid.MapRef;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What jobs that follow a map have taken in: each change with how often it came, and what was out of order. The jobs
 * keep it in their state; so it goes back to a snapshot together with them, see {@link #forget}.
 */
final class FollowedMap {

    /** Addresses a change: those of the content by their key, all others by their number. */
    private record Id(int partition, long number) {

        static Id of(MapChange<Long, Long> change) {
            return new Id(change.partition(), change.kind() == Kind.PRESENT ? -1 - change.key() : change.sequence());
        }
    }

    private static final Map<Id, MapChange<Long, Long>> CHANGES = new ConcurrentHashMap<>();
    private static final Map<Id, Long> COUNTS = new ConcurrentHashMap<>();
    private static final Set<String> WRONG = ConcurrentHashMap.newKeySet();
    /** By partition the newest change, also of its content. */
    private static final Map<Integer, Long> NEWEST = new ConcurrentHashMap<>();
    private static final AtomicLong TAKEN = new AtomicLong();

    private static final int JOURNAL = 1 << 17;
    private static final int JOURNAL_OF_CLUSTER = 1 << 12;
    private static final int JOURNAL_OF_TINY = 8;
    static final int ENTRIES_MAX = 2_000;
    /** On an embedded grid there is a map for each. */
    static final int[] PARTITIONS = {1, 4, 64};
    /** On a cluster, where all maps have the same. */
    static final int PARTITIONS_OF_CLUSTER = 31;
    /** Whose journal is soon full. */
    static final MapRef<Long, Long> TINY = MapRef.of("tiny", Long.class, Long.class);

    private FollowedMap() {}

    /** A map of few entries that come and go. */
    static MapRef<Long, Long> changing(int partitions) {
        return MapRef.of("changing-" + partitions, Long.class, Long.class);
    }

    /** A map of many entries. */
    static MapRef<Long, Long> large(int partitions) {
        return MapRef.of("large-" + partitions, Long.class, Long.class);
    }

    static void configureEmbedded(GridConfig config) {
        for (int partitions : PARTITIONS) {
            config.map(changing(partitions), map -> map.partitions(partitions).journalCapacity(JOURNAL)
                    .maxEntries(ENTRIES_MAX).eviction(Eviction.INSERTION_ORDER));
            config.map(large(partitions), map -> map.partitions(partitions).journalCapacity(JOURNAL));
        }
        config.map(TINY, map -> map.partitions(1).journalCapacity(JOURNAL_OF_TINY));
    }

    static void configureMember(GridConfig config) {
        config.map(changing(PARTITIONS_OF_CLUSTER), map -> map.journalCapacity(JOURNAL_OF_CLUSTER)
                .maxEntries(ENTRIES_MAX).eviction(Eviction.INSERTION_ORDER));
        config.map(large(PARTITIONS_OF_CLUSTER), map -> map.journalCapacity(JOURNAL_OF_CLUSTER));
        config.map(TINY, map -> map.journalCapacity(JOURNAL_OF_TINY));
    }

    /** Forgets what jobs have taken in: those that go on from a snapshot bring what they had then. */
    static void forget() {
        CHANGES.clear();
        COUNTS.clear();
        WRONG.clear();
        NEWEST.clear();
        TAKEN.set(0);
    }

    /** Follows a map, and takes so many ns for each change. */
    static Pipeline pipeline(MapRef<Long, Long> ref, Consumer<MapChangesOptions> options, long nsPerChange) {
        Pipeline pipeline = Pipeline.create();
        pipeline.readFrom(Sources.mapChanges(ref, options))
                .groupingKey(MapChange::key)
                .custom(OperatorSpec.of("tally", () -> new Tally(nsPerChange)));
        return pipeline;
    }

    /** How many changes came so far. */
    static long taken() {
        return TAKEN.get();
    }

    static long contentTaken() {
        return CHANGES.values().stream().filter(change -> change.kind() == Kind.PRESENT).count();
    }

    static Set<Kind> kinds() {
        return CHANGES.values().stream()
                .map(MapChange::kind)
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Kind.class)));
    }

    /**
     * Waits until all changes have come, and checks that each came once, those of a key in order, and that they make
     * the map's content. Nobody writes to the map any more.
     */
    static void assertTells(GridMap<Long, Long> map) {
        Changes<Long, Long> changes = map.changes();
        map.size(); // lets expire what has to
        List<Long> end = changes.now().next();
        Set<Integer> filled = map.keySet().stream().map(changes::partitionOf).collect(Collectors.toSet());
        Conformance.await("the last changes", () -> IntStream.range(0, end.size()).allMatch(partition ->
                NEWEST.containsKey(partition)
                        ? NEWEST.get(partition) >= end.get(partition) - 1
                        : !filled.contains(partition)));
        Conformance.await("all changes", () -> lacking(end) == 0 && contentAsTold(false).size() == map.size());
        assertEquals(Set.of(), WRONG);
        COUNTS.forEach((id, count) -> assertEquals(1, count, () -> "how often " + CHANGES.get(id) + " came"));
        assertEquals(new TreeMap<>(map), contentAsTold(true));
    }

    /**
     * The number of changes since the beginning of each partition that have not come; nothing is known of empty ones.
     */
    private static long lacking(List<Long> end) {
        Map<Integer, Long> begin = new HashMap<>();
        CHANGES.values().forEach(change -> begin.merge(change.partition(), change.sequence(), Math::min));
        long lacking = 0;
        for (int partition : begin.keySet()) {
            for (long number = begin.get(partition); number < end.get(partition); number++) {
                lacking += CHANGES.containsKey(new Id(partition, number)) ? 0 : 1;
            }
        }
        return lacking;
    }

    private static Map<Long, Long> contentAsTold(boolean isChecked) {
        Map<Long, Long> content = new TreeMap<>();
        CHANGES.values().stream()
                .sorted((a, b) -> a.sequence() != b.sequence()
                        ? Long.compare(a.sequence(), b.sequence())
                        : Boolean.compare(b.kind() == Kind.PRESENT, a.kind() == Kind.PRESENT))
                .forEach(change -> {
                    Long before = change.after() == null
                            ? content.remove(change.key())
                            : content.put(change.key(), change.after());
                    if (isChecked) {
                        assertEquals(change.before(), before, () -> "what the key had before " + change);
                    }
                });
        return content;
    }

    static void assertPartlyTaken(long contentCount) {
        long taken = contentTaken();
        assertTrue(taken > 0 && taken < contentCount, () -> taken + " of " + contentCount + " entries were taken");
    }

    /** Counts changes, and looks whether those of each key are in order. Its state is its part of both. */
    private static final class Tally implements Operator {

        /** What is known of a key: all its changes, the last one last, each with how often it came. */
        private final Map<Long, TreeMap<Long, List<Object>>> byKey = new HashMap<>();

        private final long nsPerChange;

        private Tally(long nsPerChange) {
            this.nsPerChange = nsPerChange;
        }

        @Override
        @SuppressWarnings("unchecked")
        public void process(int input, Batch batch, Output output) {
            for (int row = 0; row < batch.size(); row++) {
                Conformance.spin(nsPerChange);
                take((MapChange<Long, Long>) batch.event(row));
            }
        }

        private void take(MapChange<Long, Long> change) {
            TreeMap<Long, List<Object>> known = byKey.computeIfAbsent(change.key(), key -> new TreeMap<>());
            Id id = Id.of(change);
            boolean isFirst = known.isEmpty();
            if (change.kind() == Kind.PRESENT ? !isFirst : !isFirst && known.lastKey() > id.number) {
                WRONG.add(change + " came after " + known.lastEntry());
            }
            long count = known.containsKey(id.number) ? 1 + (long) known.get(id.number).get(1) : 1;
            known.put(id.number, List.of(change, count));
            tell(change, count);
        }

        private static void tell(MapChange<Long, Long> change, long count) {
            CHANGES.put(Id.of(change), change);
            COUNTS.put(Id.of(change), count);
            long number = change.kind() == Kind.PRESENT ? change.sequence() - 1 : change.sequence();
            NEWEST.merge(change.partition(), number, Math::max);
            TAKEN.incrementAndGet();
        }

        @Override
        public Iterator<StateEntry> snapshot() {
            return byKey.entrySet().stream()
                    .map(entry -> new StateEntry(entry.getKey(), entry.getValue()))
                    .iterator();
        }

        @Override
        @SuppressWarnings("unchecked")
        public void restore(Object key, Object value) {
            TreeMap<Long, List<Object>> known = (TreeMap<Long, List<Object>>) value;
            byKey.put((Long) key, known);
            known.values().forEach(item -> tell((MapChange<Long, Long>) item.get(0), (long) item.get(1)));
        }
    }
}

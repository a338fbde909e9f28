package io.penstock.grid.cluster;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.penstock.grid.Eviction;
import io.penstock.grid.MapRef;
import io.penstock.grid.MergePolicy;
import io.penstock.grid.heap.HeapMap;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.host.MapThreads;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

/**
 * A cluster's map and its journals as a slow, obviously right reference: it can lose partitions, and give one to a
 * backup that lacks the last events. Guarded by its monitor; a read that waits is answered by the writer's thread.
 */
final class FakeJournal implements PartitionJournal {

    static final MapRef<Long, Integer> NUMBERS = MapRef.of("numbers", Long.class, Integer.class);

    private record Waiting(long from, int countMin, int countMax, CompletableFuture<List<JournalEvent>> answer) {}

    /** A journal, and the entries as they are after each of its events. */
    private static final class Partition {
        private final List<JournalEvent> events = new ArrayList<>();
        private final Map<Stored, Stored> entries = new HashMap<>();
        private final List<Waiting> waiting = new ArrayList<>();
    }

    final StoredForm<Long, Integer> form = new StoredForm<>(NUMBERS);
    final JournalHealth health;
    private final int capacity;
    private final List<Partition> partitions = new ArrayList<>();
    /** Called in the middle of a scan. */
    IntConsumer duringScan = partition -> { };
    long nowMs = 1_000;

    FakeJournal(int partitionCount, int capacity) {
        this.capacity = capacity;
        health = new JournalHealth(partitionCount);
        for (int i = 0; i < partitionCount; i++) {
            partitions.add(new Partition());
        }
    }

    /** What follows this; owners are asked in a map that is empty. */
    FollowedMap<Long, Integer> followed() {
        MapSettings settings = new MapSettings(
                Long.MAX_VALUE, Long.MAX_VALUE, Eviction.NONE, 0, 1, 0, List.of(), 0, 0, false,
                MergePolicy.LATEST_WRITE);
        HostedMap<Long, Integer> owner = new HeapMap<>(
                NUMBERS, settings, "fake", new SimpleMeterRegistry(), new MapThreads("fake", 1, 1), () -> 0);
        ClusterCalls calls = new ClusterCalls(
                new CallGate(1_000, () -> { }), "map 'numbers'", "fake", Duration.ofSeconds(5), () -> null);
        return new FollowedMap<>(
                owner, this, new ChangeForm<>(form, () -> nowMs), new Answers(calls, Duration.ofSeconds(5), "numbers"),
                capacity, health, () -> 7, () -> { });
    }

    // ---- writing

    synchronized void put(long key, int value) {
        put(key, value, StoredForm.NEVER);
    }

    synchronized void put(long key, int value, long deadlineMs) {
        Stored storedKey = form.key(key);
        Stored stored = form.value(value, StoredForm.stamp(nowMs), deadlineMs);
        Stored before = of(storedKey).entries.get(storedKey);
        append(before == null ? JournalEvent.Type.ADDED : JournalEvent.Type.UPDATED, storedKey, before, stored);
    }

    synchronized void remove(long key) {
        Stored storedKey = form.key(key);
        Stored before = of(storedKey).entries.get(storedKey);
        if (before != null) {
            append(JournalEvent.Type.REMOVED, storedKey, before, null);
        }
    }

    private Partition of(Stored key) {
        return partitions.get(partitionOf(key));
    }

    private void append(JournalEvent.Type type, Stored key, Stored before, Stored after) {
        Partition partition = of(key);
        JournalEvent event = new JournalEvent(partition.events.size(), type, key, before, after);
        partition.events.add(event);
        PartitionContent.apply(event, partition.entries);
        answer(partition);
    }

    private void answer(Partition partition) {
        for (Waiting waiting : List.copyOf(partition.waiting)) {
            List<JournalEvent> found = read(partition, waiting.from, waiting.countMax);
            if (found.size() >= waiting.countMin) {
                partition.waiting.remove(waiting);
                waiting.answer.complete(found);
            }
        }
    }

    /** The owner and its backups are lost. */
    synchronized void lose(int number) {
        Partition partition = partitions.get(number);
        partition.events.clear();
        partition.entries.clear();
        health.lost(number);
    }

    /** A backup takes over that lacks the last events. */
    synchronized void forgetLast(int number, int count) {
        Partition partition = partitions.get(number);
        for (int i = 0; i < count && !partition.events.isEmpty(); i++) {
            JournalEvent last = partition.events.remove(partition.events.size() - 1);
            if (last.before() == null) {
                partition.entries.remove(last.key());
            } else {
                partition.entries.put(last.key(), last.before());
            }
        }
        health.memberLeft();
    }

    synchronized Map<Long, Integer> entries() {
        Map<Long, Integer> all = new HashMap<>();
        for (Partition partition : partitions) {
            partition.entries.forEach((key, value) -> {
                if (StoredForm.isLive(value, nowMs)) {
                    all.put(form.key(key), form.value(value));
                }
            });
        }
        return all;
    }

    // ---- as a journal

    @Override
    public int partitionCount() {
        return partitions.size();
    }

    @Override
    public int partitionOf(Stored key) {
        return Math.floorMod(key.hashCode() * 31, partitions.size());
    }

    @Override
    public BitSet ownPartitions() {
        return new BitSet();
    }

    @Override
    public synchronized CompletionStage<JournalHeads> heads(BitSet asked) {
        JournalHeads heads = new JournalHeads(partitions.size());
        asked.stream().forEach(number -> {
            int next = partitions.get(number).events.size();
            heads.set(number, Math.max(0, next - capacity), next);
        });
        return CompletableFuture.completedFuture(heads);
    }

    @Override
    public synchronized CompletionStage<List<JournalEvent>> read(int number, long from, int countMin, int countMax) {
        Partition partition = partitions.get(number);
        List<JournalEvent> found = read(partition, from, countMax);
        CompletableFuture<List<JournalEvent>> answer = new CompletableFuture<>();
        if (found.size() >= countMin) {
            answer.complete(found);
        } else {
            partition.waiting.add(new Waiting(from, countMin, countMax, answer));
        }
        return answer;
    }

    private List<JournalEvent> read(Partition partition, long from, int countMax) {
        int next = partition.events.size();
        int begin = (int) Math.min(next, Math.max(from, Math.max(0, next - capacity)));
        return List.copyOf(partition.events.subList(begin, Math.min(next, begin + countMax)));
    }

    @Override
    public Map<Stored, Stored> scan(int number) {
        Map<Stored, Stored> found = new HashMap<>();
        List<Stored> keys;
        synchronized (this) {
            keys = new ArrayList<>(partitions.get(number).entries.keySet());
        }
        for (int i = 0; i < keys.size(); i++) {
            if (i == keys.size() / 2) {
                duringScan.accept(number);
            }
            synchronized (this) {
                Stored value = partitions.get(number).entries.get(keys.get(i));
                if (value != null) {
                    found.put(keys.get(i), value);
                }
            }
        }
        return found;
    }
}

package io.penstock.grid.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.internal.journal.EventJournalReader;
import com.hazelcast.map.IMap;
import com.hazelcast.map.EventJournalMapEvent;
import com.hazelcast.partition.Partition;
import com.hazelcast.query.Predicates;
import com.hazelcast.ringbuffer.ReadResultSet;
import com.hazelcast.spi.exception.RetryableHazelcastException;
import io.penstock.grid.GridException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The event journal of an {@code IMap}. Hazelcast gives it to Jet only, by an interface in a package of its own; this
 * is the one place that knows it.
 */
final class HazelcastJournal implements PartitionJournal {

    /** Runs on every member; its threads are Hazelcast's. */
    private static final String EXECUTOR = "penstock.journals";
    /** What a completion does is short, so it is done by the thread that brought the answer. */
    private static final Executor AT_ONCE = Runnable::run;
    private static final long ASK_EACH_NS = TimeUnit.SECONDS.toNanos(5);

    private final HazelcastInstance hazelcast;
    private final IMap<Stored, Stored> map;
    private final EventJournalReader<EventJournalMapEvent<Stored, Stored>> journal;
    private final int partitionCount;
    /** By partition, the owner that was asked last. */
    private final AtomicReferenceArray<UUID> askedOwners;
    /** Guarded by this; null until it is needed. */
    private MapPartitions partitions;
    /** Until then, members are not asked for all their partitions at once, since one did not answer. */
    private volatile long askEachUntilNs = System.nanoTime();

    @SuppressWarnings("unchecked") // every IMap of this release is one
    HazelcastJournal(HazelcastInstance hazelcast, IMap<Stored, Stored> map) {
        this.hazelcast = hazelcast;
        this.map = map;
        journal = (EventJournalReader<EventJournalMapEvent<Stored, Stored>>) map;
        partitionCount = hazelcast.getPartitionService().getPartitions().size();
        askedOwners = new AtomicReferenceArray<>(partitionCount);
    }

    @Override
    public int partitionCount() {
        return partitionCount;
    }

    @Override
    public int partitionOf(Stored key) {
        return hazelcast.getPartitionService().getPartition(key).getPartitionId();
    }

    @Override
    public BitSet ownPartitions() {
        BitSet own = new BitSet();
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            Member owner = partition.getOwner();
            if (owner != null && owner.localMember()) {
                own.set(partition.getPartitionId());
            }
        }
        return own;
    }

    /** The partitions of which that member was the owner when they were last asked, or is now. */
    BitSet ownedBy(UUID member) {
        BitSet owned = new BitSet();
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            Member owner = partition.getOwner();
            boolean isOwner = owner != null && owner.getUuid().equals(member);
            if (isOwner || member.equals(askedOwners.get(partition.getPartitionId()))) {
                owned.set(partition.getPartitionId());
            }
        }
        return owned;
    }

    // ---- heads

    @Override
    public CompletionStage<JournalHeads> heads(BitSet partitions) {
        CompletableFuture<JournalHeads> asked = new CompletableFuture<>();
        JournalHeads heads = new JournalHeads(partitionCount);
        Map<Member, List<Integer>> byOwner;
        try {
            byOwner = byOwner(partitions);
        } catch (RuntimeException e) { // the instance is shut down
            return CompletableFuture.failedFuture(e);
        }
        AtomicInteger open = new AtomicInteger(byOwner.size() + 1);
        byOwner.forEach((member, owned) -> {
            int[] numbers = owned.stream().mapToInt(Integer::intValue).toArray();
            if (member == null || member.localMember() || numbers.length == 1
                    || System.nanoTime() - askEachUntilNs < 0) {
                askEach(numbers, heads, asked, open);
            } else {
                askMember(member, numbers, heads, asked, open);
            }
        });
        answered(heads, asked, open);
        return asked;
    }

    private Map<Member, List<Integer>> byOwner(BitSet partitions) {
        Map<Member, List<Integer>> byOwner = new HashMap<>();
        for (Partition partition : hazelcast.getPartitionService().getPartitions()) {
            if (partitions.get(partition.getPartitionId())) {
                Member owner = partition.getOwner();
                if (owner != null) {
                    askedOwners.set(partition.getPartitionId(), owner.getUuid());
                }
                byOwner.computeIfAbsent(owner, member -> new ArrayList<>()).add(partition.getPartitionId());
            }
        }
        return byOwner;
    }

    /**
     * If the member cannot say, because it left or does not have our classes, partitions are asked one by one for a
     * while: by whoever asks again, as this must not be done by the thread that brings the failure.
     */
    private void askMember(Member member, int[] numbers, JournalHeads heads, CompletableFuture<JournalHeads> asked,
            AtomicInteger open) {
        Future<long[]> task;
        try {
            task = hazelcast.getExecutorService(EXECUTOR).submitToMember(new HeadsTask(map.getName(), numbers), member);
        } catch (RuntimeException e) {
            askEach(numbers, heads, asked, open);
            return;
        }
        if (!(task instanceof CompletionStage<?> stage)) {
            askEach(numbers, heads, asked, open);
            return;
        }
        stage.whenCompleteAsync((answer, failure) -> {
            if (failure != null || !(answer instanceof long[] found) || found.length != 2 * numbers.length) {
                askEachUntilNs = System.nanoTime() + ASK_EACH_NS;
                asked.completeExceptionally(new RetryableHazelcastException(
                        "a member did not tell how far the journals of its partitions go", failure));
                return;
            }
            for (int i = 0; i < numbers.length; i++) {
                heads.set(numbers[i], found[2 * i], found[2 * i + 1]);
            }
            answered(heads, asked, open);
        }, AT_ONCE);
    }

    private void askEach(int[] numbers, JournalHeads heads, CompletableFuture<JournalHeads> asked, AtomicInteger open) {
        open.addAndGet(numbers.length);
        for (int number : numbers) {
            head(number).whenComplete((head, failure) -> {
                if (failure != null) {
                    asked.completeExceptionally(failure);
                } else {
                    heads.set(number, head[0], head[1]);
                    answered(heads, asked, open);
                }
            });
        }
        answered(heads, asked, open);
    }

    /** The last answer completes it, and sees by the counter what the others wrote. */
    private static void answered(JournalHeads heads, CompletableFuture<JournalHeads> asked, AtomicInteger open) {
        if (open.decrementAndGet() == 0) {
            asked.complete(heads);
        }
    }

    /** The oldest number and the next of a partition. */
    CompletableFuture<long[]> head(int partition) {
        CompletableFuture<long[]> head = new CompletableFuture<>();
        try {
            journal.subscribeToEventJournal(partition).whenCompleteAsync((state, failure) -> {
                if (failure != null) {
                    head.completeExceptionally(failure);
                } else {
                    head.complete(new long[] {state.getOldestSequence(), state.getNewestSequence() + 1});
                }
            }, AT_ONCE);
        } catch (RuntimeException e) {
            head.completeExceptionally(e);
        }
        return head;
    }

    // ---- events

    @Override
    public CompletionStage<List<JournalEvent>> read(int partition, long from, int countMin, int countMax) {
        CompletableFuture<List<JournalEvent>> read = new CompletableFuture<>();
        try {
            journal.<EventJournalMapEvent<Stored, Stored>>readFromEventJournal(
                    from, countMin, countMax, partition, null, null).whenCompleteAsync((found, failure) -> {
                        if (failure != null) {
                            read.completeExceptionally(failure);
                        } else {
                            complete(read, found);
                        }
                    }, AT_ONCE);
        } catch (RuntimeException e) {
            read.completeExceptionally(e);
        }
        return read;
    }

    private void complete(
            CompletableFuture<List<JournalEvent>> read, ReadResultSet<EventJournalMapEvent<Stored, Stored>> found) {
        try {
            List<JournalEvent> events = new ArrayList<>(found.size());
            for (int i = 0; i < found.size(); i++) {
                EventJournalMapEvent<Stored, Stored> event = found.get(i);
                events.add(new JournalEvent(
                        found.getSequence(i), type(event), event.getKey(), event.getOldValue(), event.getNewValue()));
            }
            read.complete(events);
        } catch (RuntimeException e) {
            read.completeExceptionally(new GridException(
                    GridException.Code.BAD_BYTES,
                    "an event in the journal of IMap '" + map.getName() + "' is of an entry that no grid wrote; write"
                            + " to it only through a grid, and remove that entry", e));
        }
    }

    private static JournalEvent.Type type(EventJournalMapEvent<Stored, Stored> event) {
        return switch (event.getType()) {
            case UPDATED -> JournalEvent.Type.UPDATED;
            case REMOVED -> JournalEvent.Type.REMOVED;
            case EVICTED, EXPIRED -> JournalEvent.Type.EVICTED;
            default -> JournalEvent.Type.ADDED;
        };
    }

    // ---- content

    @Override
    public Map<Stored, Stored> scan(int partition) {
        Map<Stored, Stored> found = new HashMap<>();
        for (Map.Entry<Stored, Stored> entry
                : map.entrySet(Predicates.partitionPredicate(partitions().keyOf(partition), Predicates.alwaysTrue()))) {
            found.put(entry.getKey(), entry.getValue());
        }
        return found;
    }

    /** Made when it is needed: a look at the heads needs none. */
    private synchronized MapPartitions partitions() {
        if (partitions == null) {
            partitions = new MapPartitions(hazelcast.getPartitionService());
        }
        return partitions;
    }
}

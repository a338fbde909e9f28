package io.penstock.grid.cluster;

import io.penstock.grid.cluster.ViewDeadlines.Deadline;
import io.penstock.grid.view.LiveTable;
import io.penstock.grid.view.ViewSettings;
import io.penstock.grid.view.ViewSettings.Scope;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The table behind local views of a map on a cluster, which follows the journals of the partitions that it covers.
 *
 * <p>A partition is loaded as {@link PartitionContent} describes: its entries are scanned, what the journal tells
 * meanwhile is applied to what the scan found, and when all is in that was there at some moment after the scan, the
 * partition is shown, and from then on each event goes to the table. If the tail loses its place, the partition is
 * loaded anew, and only what differs changes in the table; unless the map itself lost the partition: then its entries
 * go first.
 *
 * <p>Every method but those for readers is called by the tail's thread.
 */
final class ViewTable<K, V> implements TailFollower {

    private static final Logger LOG = LoggerFactory.getLogger(ViewTable.class);

    /** How long scans may go on before what they found is shown. */
    private static final long SCANS_NS_MAX = TimeUnit.MILLISECONDS.toNanos(20);
    /** After so long, a partition that was not shown is loaded anew. */
    private static final long CLOSED_NS_MAX = TimeUnit.SECONDS.toNanos(1);
    private static final long RETRY_NS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long EXPIRY_NS = TimeUnit.MILLISECONDS.toNanos(50);
    private static final long OWN_LOOK_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final FollowedMap<K, V> followed;
    private final JournalTail tail;
    private final Scope scope;
    private final LiveTable live;
    private final ViewPhases phases;
    private final ViewConfirmation confirmation;
    private final Runnable whenIdle;
    private final List<ViewPartition<K>> partitions = new ArrayList<>();
    private final ViewDeadlines<K> deadlines = new ViewDeadlines<>();
    private BitSet covered;
    private final BitSet closed = new BitSet();
    private long closedSinceNs;
    private long retryAtNs = System.nanoTime();
    private long lookedAtNs = retryAtNs;
    private boolean isAskingHeads;

    /** @param whenIdle is called now and then */
    ViewTable(FollowedMap<K, V> followed, JournalTail tail, ViewSettings settings, Runnable whenIdle) {
        this.followed = followed;
        this.tail = tail;
        this.whenIdle = whenIdle;
        scope = settings.scope();
        live = LiveTable.of(followed.map().ref(), 0);
        int partitionCount = followed.journal().partitionCount();
        phases = new ViewPhases(partitionCount);
        confirmation = new ViewConfirmation(tail::heartbeatNs);
        for (int partition = 0; partition < partitionCount; partition++) {
            partitions.add(new ViewPartition<>());
        }
        covered = covered(settings, partitionCount);
    }

    private BitSet covered(ViewSettings settings, int partitionCount) {
        BitSet all = new BitSet();
        all.set(0, partitionCount);
        return switch (settings.scope()) {
            case ALL -> all;
            case OWN -> followed.journal().ownPartitions();
            case GIVEN -> {
                all.and(settings.partitions());
                yield all;
            }
        };
    }

    // ---- for readers and whoever opens a view, by any thread

    LiveTable live() {
        return live;
    }

    ViewPhases phases() {
        return phases;
    }

    ViewConfirmation confirmation() {
        return confirmation;
    }

    // ---- following

    @Override
    public BitSet partitions() {
        return covered;
    }

    @Override
    public void onEvents(int partition, List<JournalEvent> events) {
        ViewPartition<K> copy = partitions.get(partition);
        if (phases.isComplete(partition)) {
            try {
                for (JournalEvent event : events) {
                    show(partition, event.key(), event.after());
                }
            } catch (RuntimeException | Error e) {
                failed(partition, e);
            }
        } else if (copy.staged != null) {
            events.forEach(event -> PartitionContent.apply(event, copy.staged));
        }
    }

    /** For want of memory, or because somebody wrote what is not ours. */
    private void failed(int partition, Throwable failure) {
        LOG.error(followed.text("its local view cannot show a change; the partition is loaded anew"), failure);
        open(partition);
        retryAtNs = System.nanoTime() + CLOSED_NS_MAX;
    }

    @Override
    public void onGap(int partition, boolean isLost) {
        open(partition);
        confirmation.giveUp();
        if (isLost) {
            hideAll(partition);
        }
    }

    private void open(int partition) {
        phases.open(partition);
        partitions.get(partition).unstage();
        closed.clear(partition);
    }

    @Override
    public void onHeads(long askedNs, JournalHeads heads) {
        confirmation.asked(askedNs, heads.next());
    }

    @Override
    public long work() {
        long nowNs = System.nanoTime();
        whenIdle.run();
        findCovered(nowNs);
        deadlines.expire(followed.form().clockMs().getAsLong(), this::expire);
        showClosed(nowNs);
        boolean hasMore = closed.isEmpty() && nowNs - retryAtNs >= 0 && load(nowNs);
        confirm();
        if (hasMore) {
            return 0;
        }
        if (!closed.isEmpty()) {
            return TimeUnit.MILLISECONDS.toNanos(1);
        }
        return deadlines.isEmpty() ? OWN_LOOK_NS : EXPIRY_NS;
    }

    private void findCovered(long nowNs) {
        if (scope != Scope.OWN || nowNs - lookedAtNs < OWN_LOOK_NS) {
            return;
        }
        lookedAtNs = nowNs;
        BitSet own = followed.journal().ownPartitions();
        BitSet gone = (BitSet) covered.clone();
        gone.andNot(own);
        for (int partition = gone.nextSetBit(0); partition >= 0; partition = gone.nextSetBit(partition + 1)) {
            open(partition);
            hideAll(partition);
        }
        covered = own;
    }

    // ---- loading

    /** Scans some partitions; whether there are more. */
    private boolean load(long nowNs) {
        for (int partition = covered.nextSetBit(0); partition >= 0; partition = covered.nextSetBit(partition + 1)) {
            if (phases.isComplete(partition) || phases.isClosed(partition) || tail.places().next(partition) < 0) {
                continue;
            }
            if (System.nanoTime() - nowNs > SCANS_NS_MAX) {
                break;
            }
            try {
                partitions.get(partition).staged = followed.journal().scan(partition);
            } catch (RuntimeException e) {
                LOG.debug("{}", followed.text("a partition could not be scanned; it is tried again"), e);
                retryAtNs = System.nanoTime() + RETRY_NS;
                break;
            }
            phases.close(partition);
            closed.set(partition);
        }
        closedSinceNs = System.nanoTime();
        return !closed.isEmpty();
    }

    /** Shows the closed partitions that have come so far, and asks how far they have to come. */
    private void showClosed(long nowNs) {
        if (closed.isEmpty()) {
            return;
        }
        BitSet toAsk = new BitSet();
        for (int partition = closed.nextSetBit(0); partition >= 0; partition = closed.nextSetBit(partition + 1)) {
            ViewPartition<K> copy = partitions.get(partition);
            if (copy.showFrom != ViewPartition.UNKNOWN && tail.places().next(partition) >= copy.showFrom) {
                show(partition);
            } else if (!copy.isHeadAsked && phases.isQuiet(partition)) {
                toAsk.set(partition);
            }
        }
        if (!toAsk.isEmpty()) {
            askHeads(toAsk);
        }
        if (nowNs - closedSinceNs > CLOSED_NS_MAX) {
            ((BitSet) closed.clone()).stream().forEach(this::open);
            retryAtNs = nowNs + RETRY_NS;
        }
    }

    private void askHeads(BitSet toAsk) {
        if (isAskingHeads && System.nanoTime() - closedSinceNs < CLOSED_NS_MAX) {
            return;
        }
        isAskingHeads = true;
        List<ViewPartition<K>> asked = toAsk.stream().mapToObj(partitions::get).toList();
        List<Map<Stored, Stored>> staged = asked.stream().map(copy -> copy.staged).toList();
        asked.forEach(copy -> copy.isHeadAsked = true);
        followed.journal().heads(toAsk).whenComplete((heads, failure) -> tail.run(() -> {
            isAskingHeads = false;
            int[] numbers = toAsk.stream().toArray();
            for (int i = 0; i < numbers.length; i++) {
                if (asked.get(i).staged != staged.get(i)) { // it was given up meanwhile
                    continue;
                }
                asked.get(i).isHeadAsked = failure == null;
                asked.get(i).showFrom = failure == null ? heads.next()[numbers[i]] : ViewPartition.UNKNOWN;
            }
        }));
    }

    private void show(int partition) {
        ViewPartition<K> copy = partitions.get(partition);
        try {
            Map<K, Deadline<K>> before = copy.keys;
            copy.keys = new HashMap<>();
            copy.staged.forEach((key, value) -> show(partition, key, value));
            before.forEach((key, deadline) -> {
                forget(deadline);
                if (!copy.keys.containsKey(key)) {
                    live.remove(key);
                }
            });
        } catch (RuntimeException | Error e) {
            failed(partition, e);
            return;
        }
        copy.unstage();
        closed.clear(partition);
        phases.complete(partition);
        confirmation.cameOn();
    }

    // ---- the table

    /** @param value null if the key was removed */
    private void show(int partition, Stored storedKey, Stored value) {
        K key = followed.form().form().key(storedKey);
        Map<K, Deadline<K>> keys = partitions.get(partition).keys;
        if (value == null || !followed.form().isLive(value)) {
            forget(keys.remove(key));
            live.remove(key);
            return;
        }
        live.put(key, followed.form().form().value(value));
        long deadlineMs = StoredForm.deadlineMs(value);
        Deadline<K> deadline = deadlineMs == StoredForm.NEVER ? null : new Deadline<>(key, partition, deadlineMs);
        forget(keys.put(key, deadline));
        if (deadline != null) {
            deadlines.add(deadline);
        }
    }

    private void forget(Deadline<K> deadline) {
        if (deadline != null) {
            deadlines.forget(deadline);
        }
    }

    private void expire(Deadline<K> deadline) {
        partitions.get(deadline.partition).keys.remove(deadline.key);
        live.remove(deadline.key);
    }

    private void hideAll(int partition) {
        ViewPartition<K> copy = partitions.get(partition);
        copy.keys.forEach((key, deadline) -> {
            forget(deadline);
            live.remove(key);
        });
        copy.keys = new HashMap<>();
    }

    // ---- what is proven

    private void confirm() {
        boolean isLoaded = true;
        boolean isCurrent = true;
        for (int partition = covered.nextSetBit(0); partition >= 0; partition = covered.nextSetBit(partition + 1)) {
            if (phases.isComplete(partition)) {
                isCurrent &= tail.places().next(partition) >= confirmation.wanted(partition);
            } else {
                isLoaded = false;
                isCurrent &= partitions.get(partition).keys.isEmpty();
            }
        }
        confirmation.found(isLoaded, isCurrent);
    }
}

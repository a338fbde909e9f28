package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.MapRef;
import io.penstock.grid.host.MapChecks;
import java.util.AbstractMap.SimpleEntry;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A write that a member makes a second time, after the loss of one that had made it, finds that it was made. */
class RepeatedWritesTest {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);
    private static final TimesToLive TIMES = new TimesToLive(0, 1);

    private final StoredForm<String, Integer> form = new StoredForm<>(STOCK);

    private Stored value(int value, long nowMs) {
        return form.value(value, StoredForm.stamp(nowMs), StoredForm.NEVER);
    }

    @Test
    void theSameWriteAtTheSameTimeHasAnotherStamp() {
        int same = 0;
        for (int i = 0; i < 1_000; i++) {
            same += value(1, 5).equals(value(1, 5)) ? 1 : 0;
        }
        assertTrue(same < 10, same + " of 1,000 have the same");
        for (long nowMs : new long[] {0, 1, -1, 1_800_000_000_000L, -1L << 42, 1L << 42}) {
            assertEquals(nowMs, StoredForm.writtenMs(value(1, nowMs)));
        }
    }

    @Test
    void aReplacementIsMadeOnce() {
        Stored seen = value(1, 5);
        Stored next = value(2, 6);
        Map.Entry<Stored, Stored> entry = new SimpleEntry<>(form.key("a"), next);
        StoreAtOwner again = StoreAtOwner.ifSame(next, 10, seen);
        assertEquals(next, again.process(entry));
        assertNull(again.getBackupProcessor());
        StoreAtOwner other = StoreAtOwner.ifSame(value(3, 7), 10, seen);
        assertNull(other.process(entry));
    }

    @Test
    void aFunctionIsAppliedOnce() {
        long stamp = StoredForm.stamp(5);
        OwnersWork<String, Integer> increment = new OwnersWork<>(
                new MapChecks<>(STOCK, "grid"), form, IndexedProperties.of(List.of()), null,
                before -> before == null ? 1 : before + 1, null);
        OwnersAnswer first = increment.run(form.key("a"), value(1, 1), TIMES, stamp, true);
        assertEquals(OwnersAnswer.Kind.STORED, first.kind());
        OwnersAnswer again = OwnersAnswer.read(
                increment.run(form.key("a"), first.next(), TIMES, stamp, true).write());
        assertEquals(OwnersAnswer.Kind.STORED_BEFORE, again.kind());
        assertEquals(2, form.value(again.next()));
        OwnersAnswer other = increment.run(form.key("a"), first.next(), TIMES, StoredForm.stamp(5), true);
        assertEquals(3, form.value(other.next()));
    }
}

package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Who counts as gone, by a clock of the test. */
class SilentUsersTest {

    private static final UUID USER = new UUID(0, 1);

    private final AtomicLong nowMs = new AtomicLong();
    private final Set<String> members = new HashSet<>();
    private final SilentUsers silent =
            new SilentUsers(() -> members, () -> TimeUnit.MILLISECONDS.toNanos(nowMs.get()));

    private static ModelUse use(String memberId, long beat) {
        return new ModelUse(USER, memberId, "there", 1, 1, 0, 0, "", beat);
    }

    private Set<ModelUse> gone(String memberId, long beat) {
        return silent.gone("m", List.of(use(memberId, beat)));
    }

    @Test
    void aMemberOfTheClusterNeverGoesHoweverSilentItIs() {
        members.add("a");
        gone("a", 1);
        nowMs.set(1_000_000);
        assertEquals(Set.of(), gone("a", 1));
    }

    @Test
    void oneThatIsNoMemberAnyMoreIsGoneAfterTwoSecondsOfSilence() {
        members.add("a");
        gone("a", 1);
        nowMs.set(500);
        gone("a", 2);
        members.clear();
        nowMs.set(2_500);
        assertEquals(Set.of(), gone("a", 2));
        nowMs.set(2_501);
        assertEquals(Set.of(use("a", 2)), gone("a", 2));
    }

    @Test
    void oneThatIsNotYetKnownAsAMemberIsWaitedFor() {
        for (int beat = 0; beat < 10; beat++) {
            assertEquals(Set.of(), gone("new", beat));
            nowMs.addAndGet(1_500);
        }
        members.add("new");
        nowMs.addAndGet(10_000);
        assertEquals(Set.of(), gone("new", 9));
    }

    @Test
    void aClientIsGoneAfterFiveSecondsWithoutABeatAndBackWithTheNext() {
        gone("", 1);
        nowMs.set(5_000);
        assertEquals(Set.of(), gone("", 1));
        nowMs.set(5_001);
        assertEquals(Set.of(use("", 1)), gone("", 1));
        assertEquals(Set.of(), gone("", 2));
    }

    @Test
    void theUsersOfEachModelAreOthers() {
        gone("", 1);
        nowMs.set(6_000);
        assertEquals(Set.of(), silent.gone("n", List.of(use("", 1))));
        assertEquals(Set.of(use("", 1)), gone("", 1));
    }
}

package io.penstock.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class SystemNameTest {

    @Test
    void handStandsForLoopsUpToTheThreads() {
        assertEquals(List.of("hand-1"), names("hand", 1));
        assertEquals(List.of("hand-1", "hand-2"), names("hand", 2));
        assertEquals(List.of("hand-1", "hand-2", "hand-8"), names("hand", 8));
    }

    @Test
    void handMayNameItsThreads() {
        assertEquals(List.of(new SystemName(SystemName.Kind.HAND, 4, "hand-4")),
                List.copyOf(SystemName.parse("hand-4", 2)));
    }

    @Test
    void penstockHasTheThreadsAskedForAndTheGeneratorOne() {
        assertEquals(4, SystemName.parse("penstock", 4).iterator().next().threads());
        assertEquals(1, SystemName.parse("generator", 4).iterator().next().threads());
    }

    @Test
    void jetAndFlinkStandForAllOfTheirs() {
        assertEquals(List.of("jet-static", "jet-replicated", "jet-imap", "jet-batch"), names("jet", 2));
        assertEquals(List.of("flink-static", "flink-tuned"), names("flink", 2));
        assertEquals(List.of("jet-imap"), names("jet-imap", 2));
    }

    @Test
    void slowSystemsGetFewerEvents() {
        assertEquals(20_000, SystemName.Kind.JET_IMAP.scaled(1_000_000));
        assertEquals(1, SystemName.Kind.JET_IMAP.scaled(10));
        assertEquals(1_000_000, SystemName.Kind.JET_REPLICATED.scaled(1_000_000));
    }

    @Test
    void refusesAndListsWhatThereIs() {
        String there = "; there are penstock, generator, jet-static, jet-replicated, jet-imap, jet-batch, flink-static,"
                + " flink-tuned, jet and flink (all of theirs), hand (hand-1 and hand-2, as --threads allows), and hand-1"
                + " to hand-1024";
        assertEquals("unknown system 'hop'" + there, refusal("hop"));
        assertEquals("unknown system 'jet-'" + there, refusal("jet-"));
        assertEquals("unknown system 'hand-0'" + there, refusal("hand-0"));
        assertEquals("unknown system 'hand-1025'" + there, refusal("hand-1025"));
        assertEquals("unknown system 'Penstock'" + there, refusal("Penstock"));
    }

    private static String refusal(String name) {
        return assertThrows(IllegalArgumentException.class, () -> SystemName.parse(name, 2)).getMessage();
    }

    private static List<String> names(String name, int threads) {
        return SystemName.parse(name, threads).stream().map(SystemName::text).toList();
    }
}

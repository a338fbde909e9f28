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
    void refusesAndListsWhatThereIs() {
        String there = "; there are penstock, hand (hand-1 and hand-2, as --threads allows), hand-1 to hand-1024, and"
                + " generator";
        assertEquals("system 'jet-imap' is not there yet" + there, refusal("jet-imap"));
        assertEquals("system 'flink' is not there yet" + there, refusal("flink"));
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

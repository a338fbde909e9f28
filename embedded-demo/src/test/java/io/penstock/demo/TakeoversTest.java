package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.demo.web.Reading.Takeover;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.LongPredicate;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class TakeoversTest {

    private final NavigableMap<Long, ScoredFlight> scored = new TreeMap<>();
    private final Takeovers takeovers = new Takeovers(this::scored);

    private Map<Long, ScoredFlight> scored(List<Long> ids) {
        return ids.stream().filter(scored::containsKey).collect(Collectors.toMap(id -> id, scored::get));
    }

    private void score(long fromId, long toId, int version, LongPredicate isScored) {
        LongStream.rangeClosed(fromId, toId).filter(isScored).forEach(id ->
                scored.put(id, new ScoredFlight(id, 60_000 * id, "ATL", "JFK", 0.5f, version)));
    }

    @Test
    void knowsOfNoneBeforeTheFirstFlight() {
        takeovers.look(0);
        takeovers.look(1_000);
        assertEquals(List.of(), takeovers.found());
        assertEquals(Long.MIN_VALUE, takeovers.newestMs());
    }

    @Test
    void findsTheFirstFlightOfEachVersionBetweenTwoLooks() {
        score(1, 500, 1, id -> true);
        takeovers.look(500);
        score(501, 7_776, 1, id -> true);
        score(7_777, 20_000, 2, id -> true);
        takeovers.look(20_000);
        takeovers.look(20_000);
        score(20_001, 20_001, 3, id -> true);
        takeovers.look(20_001);
        assertEquals(
                List.of(new Takeover(1, 60_000), new Takeover(2, 60_000 * 7_777), new Takeover(3, 60_000 * 20_001)),
                takeovers.found());
        assertEquals(60_000 * 20_001, takeovers.newestMs());
    }

    @Test
    void passesOverFlightsThatWereNotScored() {
        score(1, 300, 1, id -> id % 7 == 0);
        score(301, 900, 2, id -> id % 7 == 0);
        takeovers.look(310);
        takeovers.look(905);
        assertEquals(List.of(new Takeover(2, 60_000 * 301)), takeovers.found().subList(0, 1));
    }

    @Test
    void findsTheOldestThatIsKeptIfTheFirstIsGone() {
        score(1, 1_000, 1, id -> true);
        takeovers.look(1_000);
        score(1_001, 5_000, 2, id -> true);
        scored.headMap(3_000L).clear();
        takeovers.look(5_000);
        assertEquals(new Takeover(2, 60_000 * 3_000), takeovers.found().get(1));
    }
}

package io.penstock.demo;

import io.penstock.demo.web.Reading.Takeover;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.LongStream;

/**
 * Finds the first flight that each version of the model has scored, by looking at the newest scored flights now and
 * then: flights are scored in the order of their ids, so between two looks the first one of a new version is found by
 * halving. Not thread-safe.
 */
final class Takeovers {

    /** No more versions than this are found, nor more ids in a row tried that have no scored flight. */
    private static final int VERSIONS_MAX = 100;
    private static final int GAP_MAX = 10_000;

    /** So many ids are asked for at once at most, since each question may go over a network. */
    private static final int IDS_MAX = 1_000;

    private final Function<List<Long>, Map<Long, ScoredFlight>> scored;
    private final List<Takeover> found = new ArrayList<>();
    private ScoredFlight newest;

    /** @param scored finds those of these flights that are scored and kept */
    Takeovers(Function<List<Long>, Map<Long, ScoredFlight>> scored) {
        this.scored = scored;
    }

    /** @param idMax about the id of the newest scored flight */
    void look(long idMax) {
        ScoredFlight seen = atOrBelow(idMax);
        if (seen == null || newest != null && seen.id() <= newest.id()) {
            return;
        }
        boolean isNew = newest == null || seen.modelVersion() != newest.modelVersion();
        if (isNew && found.size() < VERSIONS_MAX) {
            found.add(new Takeover(seen.modelVersion(), first(seen).timeMs()));
        }
        newest = seen;
    }

    /** The first flight, behind the newest one of the look before, that was scored by the same version as this one. */
    private ScoredFlight first(ScoredFlight seen) {
        long otherId = newest == null ? 0 : newest.id();
        ScoredFlight first = seen;
        while (first.id() - otherId > 1) {
            long middle = (otherId + first.id()) >>> 1;
            ScoredFlight flight = atOrBelow(middle);
            if (flight != null && flight.id() > otherId && flight.modelVersion() == seen.modelVersion()) {
                first = flight;
            } else {
                otherId = middle;
            }
        }
        return first;
    }

    private ScoredFlight atOrBelow(long idMax) {
        long idMin = Math.max(0, idMax - GAP_MAX);
        int count = 1;
        for (long id = idMax; id > idMin; id -= count, count = Math.min(IDS_MAX, 2 * count)) {
            Map<Long, ScoredFlight> found =
                    scored.apply(LongStream.rangeClosed(Math.max(idMin, id - count) + 1, id).boxed().toList());
            if (!found.isEmpty()) {
                return found.get(Collections.max(found.keySet()));
            }
        }
        return null;
    }

    /** In the order of their times. */
    List<Takeover> found() {
        return List.copyOf(found);
    }

    /** The departure of the newest scored flight seen; {@link Long#MIN_VALUE} before the first. */
    long newestMs() {
        return newest == null ? Long.MIN_VALUE : newest.timeMs();
    }
}

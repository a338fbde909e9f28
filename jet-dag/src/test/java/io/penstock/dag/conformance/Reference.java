package io.penstock.dag.conformance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the joins should give, made in a slow and obvious way. */
final class Reference {

    private Reference() {}

    /** Per event: its id, and sum and number of the facts of its key that are not later and not forgotten. */
    static List<Row> asOf(List<Event> events, List<Event> facts, long ttlMs) {
        record Arrival(Event event, boolean isFact) {}
        List<Arrival> arrivals = new ArrayList<>();
        facts.forEach(fact -> arrivals.add(new Arrival(fact, true)));
        events.forEach(event -> arrivals.add(new Arrival(event, false)));
        arrivals.sort(Comparator.comparingLong(arrival -> arrival.event.timeMs())); // stable: facts stay first
        Map<Integer, long[]> sums = new HashMap<>();
        Map<Integer, Long> usedMs = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        for (Arrival arrival : arrivals) {
            Event event = arrival.event;
            if (usedMs.containsKey(event.key()) && usedMs.get(event.key()) + ttlMs < event.timeMs()) {
                sums.remove(event.key());
            }
            usedMs.put(event.key(), event.timeMs());
            long[] sum = sums.computeIfAbsent(event.key(), ignored -> new long[2]);
            if (arrival.isFact) {
                sum[0] += event.amount();
                sum[1]++;
            } else {
                rows.add(new Row(event.id(), sum[0], sum[1]));
            }
        }
        return rows;
    }

    /** Per pair of one key whose right side is from lower to upper after the left one: both ids, the later time. */
    static List<Row> intervals(List<Event> lefts, List<Event> rights, long lowerMs, long upperMs) {
        Map<Integer, List<Event>> rightsOfKey = new HashMap<>();
        rights.forEach(right -> rightsOfKey.computeIfAbsent(right.key(), ignored -> new ArrayList<>()).add(right));
        List<Row> rows = new ArrayList<>();
        for (Event left : lefts) {
            for (Event right : rightsOfKey.getOrDefault(left.key(), List.of())) {
                long afterMs = right.timeMs() - left.timeMs();
                if (afterMs >= lowerMs && afterMs <= upperMs) {
                    rows.add(new Row(left.id(), right.id(), Math.max(left.timeMs(), right.timeMs())));
                }
            }
        }
        return rows;
    }
}

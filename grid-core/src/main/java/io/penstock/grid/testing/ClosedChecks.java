package io.penstock.grid.testing;

import static io.penstock.grid.testing.Expect.allRefused;
import static io.penstock.grid.testing.Expect.equal;
import static io.penstock.grid.testing.Expect.isRefusal;

import io.penstock.grid.AsyncMap;
import io.penstock.grid.Changes;
import io.penstock.grid.Changes.PartitionSet;
import io.penstock.grid.EntryProcessor;
import io.penstock.grid.GridException;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapListener;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.IntStream;

/** After the grid was closed, every use is told so. */
final class ClosedChecks {

    private static final Duration HOUR = Duration.ofHours(1);

    private ClosedChecks() {}

    static void everyMethodOfTheJdkIsRefused(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        bed.closeItsGrid();
        areRefused(List.of(
                () -> map.get("a"), () -> map.getOrDefault("a", 1), () -> map.containsKey("a"),
                () -> map.containsValue(1), () -> map.size(), () -> map.isEmpty(),
                () -> map.forEach((key, value) -> {}), () -> map.put("a", 1), () -> map.putIfAbsent("a", 1),
                () -> map.putAll(Map.of("a", 1)), () -> map.remove("a"), () -> map.remove("a", 1),
                () -> map.replace("a", 1), () -> map.replace("a", 1, 2), () -> map.compute("a", (key, value) -> 1),
                () -> map.computeIfAbsent("a", key -> 1), () -> map.computeIfPresent("a", (key, value) -> 1),
                () -> map.merge("a", 1, Integer::sum), () -> map.replaceAll((key, value) -> value), map::clear,
                map::keySet, map::values, map::entrySet, () -> map.equals(Map.of("a", 1)), map::hashCode));
    }

    static void everyOtherMethodIsRefused(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        bed.closeItsGrid();
        areRefused(List.of(
                map::entryCount, map::figures, () -> map.getAll(List.of()), () -> map.getAll(List.of("a")),
                () -> map.select((key, value) -> true), () -> map.count((key, value) -> true),
                () -> map.removeAll((key, value) -> true), () -> map.put("a", 1, HOUR),
                () -> map.putIfAbsent("a", 1, HOUR), () -> map.timeToLive("a"), () -> map.update("a", before -> 1),
                () -> map.process("a", EntryProcessor.Entry::value),
                () -> map.processAll(List.of("a"), EntryProcessor.Entry::value),
                () -> map.processAll((key, value) -> true, EntryProcessor.Entry::value),
                map::async, map::localView, () -> map.localView(HOUR), map::changes,
                () -> map.listen(change -> {})));
    }

    static void everyMethodOfItsCollectionsIsRefused(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        Set<String> keys = map.keySet();
        Collection<Integer> values = map.values();
        Set<Map.Entry<String, Integer>> entries = map.entrySet();
        Iterator<String> iterator = keys.iterator();
        iterator.next();
        Map.Entry<String, Integer> entry = entries.iterator().next();
        bed.closeItsGrid();
        areRefused(List.of(
                keys::size, keys::iterator, () -> keys.contains("a"), () -> keys.remove("a"), keys::clear,
                values::size, values::iterator, () -> values.contains(1), () -> values.remove(1), values::clear,
                entries::size, entries::iterator, () -> entries.contains(entry), () -> entries.remove(entry),
                () -> entries.contains((Object) "a"), () -> entries.removeIf(e -> true), entries::clear,
                iterator::hasNext, iterator::next, iterator::remove, () -> entry.setValue(2)));
    }

    private static void areRefused(List<Expect.Action> uses) {
        allRefused(Code.CLOSED, uses, "map 'stock'", "closed", "open another grid");
    }

    static void asynchronousCallsFail(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openWithAbc();
        AsyncMap<String, Integer> async = map.async();
        bed.closeItsGrid();
        List<CompletionStage<?>> stages = List.of(
                async.get("a"), async.getAll(List.of("a")), async.put("a", 1), async.put("a", 1, HOUR),
                async.putIfAbsent("a", 1), async.putAll(Map.of("a", 1)), async.replace("a", 1),
                async.replace("a", 1, 2), async.remove("a"), async.remove("a", 1),
                async.removeAll((key, value) -> true), async.update("a", before -> 1),
                async.process("a", EntryProcessor.Entry::value),
                async.processAll(List.of("a"), EntryProcessor.Entry::value),
                async.processAll((key, value) -> true, EntryProcessor.Entry::value));
        for (CompletionStage<?> stage : stages) {
            isRefusal(Code.CLOSED, (GridException) bed.failure(stage), "closed", "open another grid");
        }
    }

    static void theNameAndTheTypesAreStillTold(TestBed bed) {
        GridMap<String, Integer> map = bed.openWithAbc();
        bed.closeItsGrid();
        equal(TestBed.STOCK, map.ref());
        equal("map 'stock' (String -> Integer), closed", map.toString());
    }

    static void changesAreRefused(TestBed bed) {
        Changes<String, Integer> changes = bed.open().changes();
        Changes.Position position = changes.now();
        Changes.Reader<String, Integer> reader = changes.fromNow();
        bed.closeItsGrid();
        List<Expect.Action> uses = List.of(
                changes::partitionCount, () -> changes.partitionOf("a"), changes::capacity, changes::now,
                changes::oldest, changes::fromNow, changes::fromOldest, changes::fromContent,
                () -> changes.from(position), () -> changes.fromContent(new PartitionSet(0, 2)),
                reader::poll, () -> reader.poll(change -> {}, 1));
        allRefused(Code.CLOSED, uses, "map 'stock'", "its grid");
    }

    static void localViewsAreRefused(TestBed bed) {
        GridMap<Long, Integer> map = bed.open(MapRef.of("numbers", Long.class, Integer.class), config -> {});
        LocalView<Long, Integer> view = map.localView();
        LocalView.Reader<Long, Integer> reader = view.reader();
        bed.closeItsGrid();
        allRefused(Code.CLOSED, LocalViewChecks.usesOf(view, reader), "map 'numbers'", "its grid", "another grid");
        view.close();
        equal(map.ref(), view.ref());
    }

    static void whatFollowsAClosedGridCanStillBeClosed(TestBed bed) {
        GridMap<String, Integer> map = bed.open();
        MapListener.Registration registration = map.listen(change -> {});
        LocalView<String, Integer> view = map.localView();
        bed.closeItsGrid();
        registration.close();
        registration.close();
        view.close();
        view.close();
    }

    /** Whoever waits for a stage when the grid closes is not left waiting. */
    static void stagesOfCallsUnderWayComplete(TestBed bed) throws Exception {
        GridMap<String, Integer> map = bed.openWithAbc();
        List<CompletionStage<Integer>> stages = IntStream.range(0, 500)
                .mapToObj(i -> map.async().update("k" + i % 10, before -> before == null ? 1 : before + 1)).toList();
        bed.closeItsGrid();
        for (CompletionStage<Integer> stage : stages) {
            CompletionStage<Object> outcome = stage.handle((value, failure) -> failure == null ? value : failure);
            if (bed.join(outcome) instanceof Throwable failure) {
                Throwable cause = failure instanceof GridException ? failure : failure.getCause();
                isRefusal(Code.CLOSED, (GridException) cause);
            }
        }
    }
}

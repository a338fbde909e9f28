package io.penstock.bench.map;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.penstock.bench.run.MapWriter;
import io.penstock.bench.work.Slice;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** Measures one map in this JVM. The main class of the JVMs that are measured. Not thread-safe. */
final class MapRun {

    private static final int SAMPLE_COUNT = 200_000;
    private static final int FILLS_MAX = 20;

    private final MapOrder order;
    private final MapData data;
    /** The amounts that the values in the map must have, by place. */
    private final long[] amounts;
    private final List<MapFigures.OfOp> figures = new ArrayList<>();

    /** @param data as many entries as are ordered */
    MapRun(MapOrder order, MapData data) {
        this.order = order;
        this.data = data;
        amounts = new long[order.entryCount()];
        for (int place = 0; place < amounts.length; place++) {
            amounts[place] = data.first()[place].amount();
        }
    }

    /** Prints the figures as one line of JSON. Threads that a system leaves behind do not keep the JVM. */
    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err);
        try {
            MapFigures figures = measure(MapOrder.ofArgument(arguments[0]));
            out.println(JsonMapper.builder().build().writeValueAsString(figures));
        } catch (Throwable e) {
            e.printStackTrace();
            System.exit(1);
        }
        System.exit(0);
    }

    /** What is wrong with results stands in the figures. */
    static MapFigures measure(MapOrder order) throws InterruptedException {
        if (order.host().isCluster()) { // most of what entries take is in other processes
            return new MapRun(order, MapData.of(order.entryCount())).measure(Double.NaN, Double.NaN);
        }
        double keyBytes = UsedHeap.bytesOfKey(SAMPLE_COUNT);
        double itemBytes = UsedHeap.bytesOfItem(SAMPLE_COUNT);
        return new MapRun(order, MapData.of(order.entryCount())).measure(keyBytes, itemBytes);
    }

    private MapFigures measure(double keyBytes, double itemBytes) throws InterruptedException {
        List<MapOp> ops = order.ops().stream().filter(order::has).sorted().toList();
        if (ops.contains(MapOp.FILL)) {
            measureFill();
        }
        try (MapContender map = order.system().open(order)) {
            long before = UsedHeap.bytes();
            map.load(data.keys(), data.items());
            double addedBytes = (double) (UsedHeap.bytes() - before) / order.entryCount();
            for (MapOp op : ops) {
                if (op != MapOp.FILL) {
                    measure(map, op);
                }
            }
            return new MapFigures(new MapFigures.Bytes(addedBytes, keyBytes, itemBytes), figures);
        }
    }

    /** Fills empty maps, one after the other, but not without end if the maps are small. */
    private void measureFill() throws InterruptedException {
        fillFor(order.warmUpMs());
        fillFor(order.durationMs());
        figures.remove(0);
    }

    private void fillFor(long durationMs) throws InterruptedException {
        long durationNs = TimeUnit.MILLISECONDS.toNanos(durationMs);
        Timing sum = new Timing(0, 0, 0, Double.NaN, Double.NaN);
        String fault = null;
        int fills = 0;
        do {
            fills++;
            try (MapContender map = order.system().open(order)) {
                int count = Math.max(1, order.entryCount() / order.slowness());
                List<Loops.Fill> loops = loops(count, (from, to) -> new Loops.Fill(map, data, from, to));
                System.gc();
                sum = sum.plus(Timing.of(loops, Long.MAX_VALUE));
                fault = fault != null ? fault : faultOf(loops);
                if (fault == null && map.entryCount() != count) {
                    fault = "the map has " + map.entryCount() + " entries, not " + count;
                }
            }
        } while (fault == null && sum.wallNs() < durationNs && fills < FILLS_MAX);
        figures.add(new MapFigures.OfOp(MapOp.FILL, sum, 0, fault));
    }

    private void measure(MapContender map, MapOp op) throws InterruptedException {
        List<? extends Loop> loops = switch (op) {
            case FILL -> throw new IllegalArgumentException("needs an empty map");
            case GET -> loops(data.entryCount(), (from, to) -> new Loops.Get(map, data, from, to));
            case GET_ALL -> loops(data.entryCount(), (from, to) -> new Loops.GetAll(map, data, from, to));
            case VIEW -> loops(data.entryCount(), (from, to) -> new Loops.View(map, data, from, to));
            case VIEW_PASS -> loops(data.entryCount(), (from, to) -> new Loops.ViewPass(map, data, from, to));
            case VIEW_BATCH -> loops(data.entryCount(), (from, to) -> new Loops.ViewBatch(map, data, from, to));
            case SCAN -> scans(map);
            case PUT -> loops(data.entryCount(), (from, to) -> put(map, from, to));
            case PUT_ALL -> loops(data.entryCount(), (from, to) ->
                    new Loops.PutAll(map, data, from, to, hasFirst(from, to)));
            case UPDATE -> loops(data.entryCount(), (from, to) -> new Loops.Update(map, data, from, to));
        };
        Loops.Put writes = put(map, 0, data.entryCount());
        MapWriter writer = new MapWriter(ignored -> writes.step(1), order.writesPerSecond());
        Timing timing;
        try (writer) {
            if (order.isWrittenDuring(op)) {
                writer.start();
            }
            Timing.of(loops, TimeUnit.MILLISECONDS.toNanos(order.warmUpMs()));
            System.gc();
            timing = Timing.of(loops, TimeUnit.MILLISECONDS.toNanos(order.durationMs()));
        }
        loops.forEach(this::expect);
        expect(writes);
        String fault = faultOf(loops);
        fault = fault != null ? fault : faultOf(List.of(writes));
        figures.add(new MapFigures.OfOp(op, timing, writer.rate(), fault != null ? fault : faultOf(map)));
    }

    /** Starts with the values that the map has not. */
    private Loops.Put put(MapContender map, int from, int to) {
        return new Loops.Put(map, data, from, to, hasFirst(from, to));
    }

    /** Whether the map has the first values of these places, not the second. */
    private boolean hasFirst(int from, int to) {
        return from == to || amounts[from] == data.first()[from].amount();
    }

    private List<Loops.Scan> scans(MapContender map) {
        long sum = 0;
        for (long amount : amounts) {
            sum += amount;
        }
        List<Loops.Scan> scans = new ArrayList<>();
        for (int thread = 0; thread < order.threads(); thread++) {
            scans.add(new Loops.Scan(map, data.entryCount(), sum));
        }
        return scans;
    }

    /** A loop for each thread, with a slice of the places of its own. */
    private <L extends Loop> List<L> loops(int count, BiFunction<Integer, Integer, L> factory) {
        return Slice.cut(count, order.threads()).stream()
                .map(slice -> factory.apply((int) slice.from(), (int) slice.to()))
                .toList();
    }

    /** Notes what a loop must have changed in the map. */
    void expect(Loop loop) {
        if (loop instanceof Loops.Put put) {
            for (int place = put.from(); place < put.to(); place++) {
                Item last = put.last(place);
                amounts[place] = last == null ? amounts[place] : last.amount();
            }
        } else if (loop instanceof Loops.Update) {
            for (int place = loop.from(); place < loop.to(); place++) {
                amounts[place] += loop.visits(place);
            }
        }
    }

    private static String faultOf(List<? extends Loop> loops) {
        for (Loop loop : loops) {
            String fault = loop.fault();
            if (fault != null) {
                return fault;
            }
        }
        return null;
    }

    /** What is wrong with the entries of the map, or null. */
    String faultOf(MapContender map) {
        if (map.entryCount() != data.entryCount()) {
            return "the map has " + map.entryCount() + " entries, not " + data.entryCount();
        }
        for (int place = 0; place < amounts.length; place += order.slowness()) {
            Long key = data.asked()[place];
            Item item = map.get(key);
            if (item == null || item.id() != key || item.amount() != amounts[place]) {
                return "key " + key + " has " + item + ", not the amount " + amounts[place];
            }
        }
        return null;
    }
}

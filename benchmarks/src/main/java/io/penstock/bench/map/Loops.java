package io.penstock.bench.map;

import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/** The loops of the operations, each as tight as a user's would be. */
final class Loops {

    private static final int MANY = 100;

    private Loops() {}

    /** Looks keys up and adds the ids of the values, whose sum is known. */
    abstract static class Lookups extends Loop {

        private final MapData data;
        private long idSum;

        Lookups(MapData data, int from, int to) {
            super(from, to);
            this.data = data;
        }

        @Override
        final void visit(int begin, int end, long round) {
            idSum += idSum(begin, end);
        }

        abstract long idSum(int begin, int end);

        @Override
        final String fault() {
            long right = 0;
            for (int place = from(); place < to(); place++) {
                right += visits(place) * data.askedLongs()[place];
            }
            return right == idSum ? null : "the ids of the values found add up to " + idSum + ", not to " + right;
        }
    }

    static final class Get extends Lookups {

        private final MapContender map;
        private final Long[] asked;

        Get(MapContender map, MapData data, int from, int to) {
            super(data, from, to);
            this.map = map;
            asked = data.asked();
        }

        @Override
        long idSum(int begin, int end) {
            long sum = 0;
            for (int place = begin; place < end; place++) {
                sum += map.get(asked[place]).id();
            }
            return sum;
        }
    }

    static final class GetAll extends Lookups {

        private final MapContender map;
        private final Long[] asked;

        GetAll(MapContender map, MapData data, int from, int to) {
            super(data, from, to);
            this.map = map;
            asked = data.asked();
        }

        @Override
        long idSum(int begin, int end) {
            long sum = 0;
            for (int at = begin; at < end; at += MANY) {
                Set<Long> keys = new HashSet<>(Arrays.asList(asked).subList(at, Math.min(at + MANY, end)));
                for (Item found : map.getAll(keys).values()) {
                    sum += found.id();
                }
            }
            return sum;
        }
    }

    static final class View extends Lookups {

        private final LongLookups lookups;
        private final long[] asked;

        View(MapContender map, MapData data, int from, int to) {
            super(data, from, to);
            lookups = map.lookups();
            asked = data.askedLongs();
        }

        @Override
        long idSum(int begin, int end) {
            long sum = 0;
            for (int place = begin; place < end; place++) {
                sum += lookups.get(asked[place]).id();
            }
            return sum;
        }
    }

    static final class ViewPass extends Lookups {

        private static final int PASS = 256;

        private final LongLookups lookups;
        private final long[] asked;

        ViewPass(MapContender map, MapData data, int from, int to) {
            super(data, from, to);
            lookups = map.lookups();
            asked = data.askedLongs();
        }

        @Override
        long idSum(int begin, int end) {
            long sum = 0;
            for (int at = begin; at < end; at += PASS) {
                int passEnd = Math.min(at + PASS, end);
                sum += idSum(lookups.pass(passEnd - at), at, passEnd);
            }
            return sum;
        }

        private long idSum(LongLookups pass, int begin, int end) {
            long sum = 0;
            for (int place = begin; place < end; place++) {
                sum += pass.get(asked[place]).id();
            }
            return sum;
        }
    }

    static final class ViewBatch extends Lookups {

        private static final int BATCH = 256;

        private final LongLookups lookups;
        private final long[] asked;
        private final long[] keys = new long[BATCH];
        private final Item[] found = new Item[BATCH];

        ViewBatch(MapContender map, MapData data, int from, int to) {
            super(data, from, to);
            lookups = map.lookups();
            asked = data.askedLongs();
        }

        @Override
        long idSum(int begin, int end) {
            long sum = 0;
            for (int at = begin; at < end; at += BATCH) {
                int count = Math.min(BATCH, end - at);
                System.arraycopy(asked, at, keys, 0, count);
                lookups.getAll(keys, count, found);
                for (int i = 0; i < count; i++) {
                    sum += found[i].id();
                }
            }
            return sum;
        }
    }

    /** Puts the entries of its places once, which are indexes here, into a map that has none of them. */
    static final class Fill extends Loop {

        private final MapContender map;
        private final MapData data;
        private boolean found;

        Fill(MapContender map, MapData data, int from, int to) {
            super(from, to);
            this.map = map;
            this.data = data;
        }

        @Override
        void visit(int begin, int end, long round) {
            Long[] keys = data.keys();
            Item[] items = data.items();
            boolean present = false;
            for (int index = begin; index < end; index++) {
                present |= map.put(keys[index], items[index]);
            }
            found |= present;
        }

        @Override
        boolean isDone() {
            return count() == to() - from();
        }

        @Override
        String fault() {
            return found ? "a new key was there already" : null;
        }
    }

    /** Puts the one set of values and the other by turns. */
    static class Put extends Loop {

        final MapContender map;
        final MapData data;
        private final boolean startsWithSecond;
        private boolean missed;

        Put(MapContender map, MapData data, int from, int to, boolean startsWithSecond) {
            super(from, to);
            this.map = map;
            this.data = data;
            this.startsWithSecond = startsWithSecond;
        }

        @Override
        void visit(int begin, int end, long round) {
            Long[] asked = data.asked();
            Item[] items = itemsOf(round);
            boolean present = true;
            for (int place = begin; place < end; place++) {
                present &= map.put(asked[place], items[place]);
            }
            missed |= !present;
        }

        final Item[] itemsOf(long round) {
            return (round % 2 == 0) == startsWithSecond ? data.second() : data.first();
        }

        /** The value that a place got last, or null if it got none. */
        Item last(int place) {
            long visits = visits(place);
            return visits == 0 ? null : itemsOf(visits - 1)[place];
        }

        @Override
        String fault() {
            return missed ? "a present key was not found" : null;
        }
    }

    /** The same, many at a time. */
    static final class PutAll extends Put {

        PutAll(MapContender map, MapData data, int from, int to, boolean startsWithSecond) {
            super(map, data, from, to, startsWithSecond);
        }

        @Override
        void visit(int begin, int end, long round) {
            Item[] items = itemsOf(round);
            for (int at = begin; at < end; at += MANY) {
                Map<Long, Item> entries = new HashMap<>();
                for (int place = at; place < Math.min(at + MANY, end); place++) {
                    entries.put(data.asked()[place], items[place]);
                }
                map.putAll(entries);
            }
        }
    }

    /** Adds 1 to the values' amounts. */
    static final class Update extends Loop {

        private final MapContender map;
        private final Long[] asked;

        Update(MapContender map, MapData data, int from, int to) {
            super(from, to);
            this.map = map;
            asked = data.asked();
        }

        @Override
        void visit(int begin, int end, long round) {
            for (int place = begin; place < end; place++) {
                map.increment(asked[place]);
            }
        }

        @Override
        String fault() {
            return null; // the amounts in the map tell
        }
    }

    /** Visits all entries in a step, whatever the places, and adds their amounts. */
    static final class Scan extends Loop implements BiConsumer<Long, Item> {

        private final MapContender map;
        private final int entryCount;
        private final long rightSum;
        private long scanCount;
        private long visitCount;
        private long amountSum;

        Scan(MapContender map, int entryCount, long rightSum) {
            super(0, entryCount);
            this.map = map;
            this.entryCount = entryCount;
            this.rightSum = rightSum;
        }

        @Override
        void step() {
            map.scan(this);
            scanCount++;
        }

        @Override
        void visit(int begin, int end, long round) {
            throw new UnsupportedOperationException("a scan visits no places");
        }

        @Override
        public void accept(Long key, Item item) {
            amountSum += item.amount();
            visitCount++;
        }

        @Override
        long count() {
            return visitCount;
        }

        @Override
        String fault() {
            long rightCount = scanCount * entryCount;
            if (visitCount != rightCount) {
                return scanCount + " scans visited " + visitCount + " entries, not " + rightCount;
            }
            long right = scanCount * rightSum;
            return amountSum == right
                    ? null
                    : "the amounts of " + scanCount + " scans add up to " + amountSum + ", not to " + right;
        }
    }
}

package io.penstock.bench.map;

import io.penstock.grid.LocalView;

/** Look-ups by the reader of a local view. */
record OfReader(LocalView.Reader<Long, Item> reader) implements LongLookups {

    @Override
    public Item get(long key) {
        return reader.getLong(key);
    }

    @Override
    public LongLookups pass(int count) {
        reader.count(count, 0);
        return new OfPass(reader.pass());
    }

    @Override
    public void getAll(long[] keys, int count, Item[] found) {
        reader.getAll(keys, count, found);
    }

    private record OfPass(LocalView.Pass<Item> pass) implements LongLookups {

        @Override
        public Item get(long key) {
            return pass.getLong(key);
        }

        @Override
        public void getAll(long[] keys, int count, Item[] found) {
            throw new UnsupportedOperationException("a pass looks keys up one by one");
        }
    }
}

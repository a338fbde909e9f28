package io.penstock.bench.map;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;

/** A grid map with an open local view, through which it is read. */
final class OfView extends OfConcurrentMap {

    private final LocalView<Long, Item> view;
    private final LocalView.Reader<Long, Item> reader;

    OfView(Grid grid, GridMap<Long, Item> map) {
        super(map, grid::close);
        view = map.localView();
        reader = view.reader();
    }

    /** For one thread. */
    @Override
    public Item get(Long key) {
        return reader.get(key);
    }

    @Override
    public LongLookups lookups() {
        LocalView.Reader<Long, Item> ofThread = view.reader();
        return new LongLookups() {
            @Override
            public Item get(long key) {
                return ofThread.getLong(key);
            }

            @Override
            public LongLookups pass(int count) {
                ofThread.count(count, 0);
                return new OfPass(ofThread.pass());
            }

            @Override
            public void getAll(long[] keys, int count, Item[] found) {
                ofThread.getAll(keys, count, found);
            }
        };
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

package io.penstock.bench.map;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.LocalView;

/** A grid map with an open local view, through which it is read. */
final class OfView extends OfGridMap {

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
        return new OfReader(view.reader());
    }
}

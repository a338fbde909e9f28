package io.penstock.grid.heap;

import io.penstock.grid.GridException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import java.util.ArrayList;
import java.util.List;

/** One opening of a map's live table. */
final class HeapLocalView<K, V> implements LocalView<K, V> {

    private final HeapMap<K, V> map;
    private final OpenViews<K, V> openViews;
    /** Guarded by itself. */
    private final List<HeapViewReader<K, V>> readers = new ArrayList<>();
    /** Null once the view is closed. */
    private volatile LiveTable live;

    HeapLocalView(HeapMap<K, V> map, OpenViews<K, V> openViews, LiveTable live) {
        this.map = map;
        this.openViews = openViews;
        this.live = live;
    }

    @Override
    public MapRef<K, V> ref() {
        return map.ref();
    }

    @Override
    public boolean hasLongKeys() {
        return live() instanceof LongLiveTable;
    }

    @Override
    public Reader<K, V> reader() {
        synchronized (readers) {
            HeapViewReader<K, V> reader = new HeapViewReader<>(this, live());
            if (readers.size() == READERS_MAX) {
                throw new IllegalStateException("map '" + ref().name() + "': this local view gave out its maximum of "
                        + READERS_MAX + " readers; use one reader for each thread, not for each look-up");
            }
            readers.add(reader);
            return reader;
        }
    }

    @Override
    public long entryCount() {
        return live().entryCount();
    }

    /** True: the table was complete before this view was made, and has followed the map ever since. */
    @Override
    public boolean isComplete() {
        live();
        return true;
    }

    @Override
    public long lagNs() {
        live();
        return 0;
    }

    @Override
    public void close() {
        openViews.close(this);
    }

    /** The table, if the view and its grid are open. */
    LiveTable live() {
        LiveTable open = live;
        if (open == null) {
            throw closed();
        }
        return open;
    }

    void forgetTable() {
        synchronized (readers) {
            live = null;
            readers.forEach(HeapViewReader::forgetTable);
        }
    }

    /** What this view's readers have found so far. */
    LookupCount lookups() {
        LookupCount sum = LookupCount.NONE;
        synchronized (readers) {
            for (HeapViewReader<K, V> reader : readers) {
                sum = sum.plus(reader.lookups());
            }
        }
        return sum;
    }

    private GridException closed() {
        map.table(); // throws if it is the grid that was closed
        return new GridException(
                GridException.Code.CLOSED,
                "map '" + ref().name() + "': this local view is closed; use it before close(), or open another with"
                        + " localView()");
    }
}

package io.penstock.grid.view;

import io.penstock.grid.GridException;
import io.penstock.grid.LocalView;
import io.penstock.grid.MapRef;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.LookupCount;
import java.util.ArrayList;
import java.util.List;

/** One opening of a map's live table. */
public final class TableView<K, V> implements LocalView<K, V> {

    private final HostedMap<K, V> map;
    private final ViewFeed<K, V> feed;
    /** Guarded by itself. */
    private final List<TableReader<K, V>> readers = new ArrayList<>();
    /** Null once the view is closed. */
    private volatile LiveTable live;

    public TableView(HostedMap<K, V> map, ViewFeed<K, V> feed, LiveTable live) {
        this.map = map;
        this.feed = feed;
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
            TableReader<K, V> reader = new TableReader<>(this, live());
            if (readers.size() == READERS_MAX) {
                throw new IllegalStateException("map '" + ref().name() + "': this local view gave out its maximum of "
                        + READERS_MAX + " readers; use one reader for each thread, not for each look-up");
            }
            readers.add(reader);
            return feed.around(reader);
        }
    }

    @Override
    public long entryCount() {
        return live().entryCount();
    }

    @Override
    public boolean isComplete() {
        live();
        return feed.isComplete();
    }

    @Override
    public long lagNs() {
        live();
        return feed.lagNs();
    }

    @Override
    public void close() {
        feed.close(this);
    }

    /** The table, if the view and its grid are open. */
    public LiveTable live() {
        LiveTable open = live;
        if (open == null) {
            throw closed();
        }
        return open;
    }

    public void forgetTable() {
        synchronized (readers) {
            live = null;
            readers.forEach(TableReader::forgetTable);
        }
    }

    /** What this view's readers have found so far. */
    public LookupCount lookups() {
        LookupCount sum = LookupCount.NONE;
        synchronized (readers) {
            for (TableReader<K, V> reader : readers) {
                sum = sum.plus(reader.lookups());
            }
        }
        return sum;
    }

    private GridException closed() {
        map.checkOpen(); // throws if it is the grid that was closed
        return new GridException(
                GridException.Code.CLOSED,
                "map '" + ref().name() + "': this local view is closed; use it before close(), or open another with"
                        + " localView()");
    }
}

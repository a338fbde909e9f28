package io.penstock.grid.host;

import io.penstock.grid.Changes;
import io.penstock.grid.ChangesLostException;
import io.penstock.grid.GridException;
import io.penstock.grid.MapChange;
import io.penstock.grid.MapListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A listener with its place in the journals. All but {@link #close} is called by the one thread that tells listeners. */
public final class ListenerRegistration<K, V> implements MapListener.Registration {

    private static final Logger LOG = LoggerFactory.getLogger(ListenerRegistration.class);
    private static final int CHANGES_AT_ONCE = 256;

    private final HostedMap<K, V> map;
    private final MapListener<K, V> listener;
    private final Changes.Reader<K, V> reader;
    private final MapThreads threads;
    private volatile boolean closed;
    /** So that what goes wrong for a while is logged once. */
    private boolean isFailing;

    public ListenerRegistration(HostedMap<K, V> map, MapListener<K, V> listener, MapThreads threads) {
        this(map, listener, map.changes().fromNow(), threads);
    }

    /** @param reader of the changes to tell of */
    public ListenerRegistration(
            HostedMap<K, V> map, MapListener<K, V> listener, Changes.Reader<K, V> reader, MapThreads threads) {
        this.map = map;
        this.listener = listener;
        this.threads = threads;
        this.reader = reader;
    }

    /** Tells of some changes; whether there were any. */
    public boolean tell() {
        boolean toldAny = false;
        try {
            for (int i = 0; i < CHANGES_AT_ONCE && !closed; i++) {
                if (!tellNext()) {
                    break;
                }
                toldAny = true;
            }
            isFailing = false;
        } catch (GridException e) {
            failed(e);
        }
        return toldAny;
    }

    /** The grid was closed, or a cluster cannot tell now: then the next look goes on at the same place. */
    private void failed(GridException failure) {
        if (failure.code() == GridException.Code.CLOSED) {
            close();
        } else if (!isFailing) {
            isFailing = true;
            LOG.warn("map '{}': a listener cannot be told of changes now; it is tried again until it works",
                    map.ref().name(), failure);
        }
    }

    private boolean tellNext() {
        MapChange<K, V> change;
        try {
            change = reader.poll();
        } catch (ChangesLostException gap) {
            guard(() -> listener.onChangesLost(gap));
            return true;
        }
        if (change == null) {
            return false;
        }
        guard(() -> listener.onChange(change));
        return true;
    }

    private void guard(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) { // whatever it is, the other listeners are to be told
            map.counters().failedListeners.increment();
            LOG.warn("map '{}': a listener failed with {}; it is told of the next change",
                    map.ref().name(), e.getClass().getName(), e);
        }
    }

    @Override
    public void close() {
        closed = true;
        threads.remove(this);
    }
}

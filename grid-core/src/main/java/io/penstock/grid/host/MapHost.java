package io.penstock.grid.host;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import io.penstock.grid.MapRef;
import io.penstock.grid.MembershipListener;
import java.util.List;

/** Where the maps of a grid live, and who else shares them. Its grid opens each map once. */
public interface MapHost extends AutoCloseable {

    /** Opens a map, or joins those who have it open already, and registers its metrics. */
    <K, V> HostedMap<K, V> open(MapRef<K, V> ref, MapSettings settings);

    /** As {@link io.penstock.grid.Grid#members()}. */
    List<GridMember> members();

    /** As {@link io.penstock.grid.Grid#onMembershipChange}. */
    MembershipListener.Registration onMembershipChange(MembershipListener listener);

    /** Called once, by the grid that lives here, when it can be used. */
    default void begin(Grid grid) {}

    /** Whether other JVMs hold these maps, too, so that a call may wait for them. */
    default boolean isCluster() {
        return false;
    }

    /** The object of that type behind this host; null if there is none. */
    <T> T unwrap(Class<T> type);

    /** Such as {@code embedded}, as it stands in dumps. */
    String describe();

    /** Leaves the others. The maps were closed before. */
    @Override
    void close();
}

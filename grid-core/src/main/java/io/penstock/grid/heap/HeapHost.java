package io.penstock.grid.heap;

import io.penstock.grid.GridMember;
import io.penstock.grid.MapRef;
import io.penstock.grid.MembershipListener;
import io.penstock.grid.host.HostContext;
import io.penstock.grid.host.HostedMap;
import io.penstock.grid.host.MapHost;
import io.penstock.grid.host.MapSettings;
import java.util.List;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Maps in the heap of this JVM, which nobody shares. */
public record HeapHost(HostContext context) implements MapHost {

    @Override
    public <K, V> HostedMap<K, V> open(MapRef<K, V> ref, MapSettings settings) {
        LongSupplier nanoClock = Objects.requireNonNullElse(context.nanoClock(), System::nanoTime);
        return new HeapMap<>(
                ref, settings, context.gridName(), context.meterRegistry(), context.threads(), nanoClock);
    }

    @Override
    public List<GridMember> members() {
        return List.of(new GridMember(context.gridName(), "local", true));
    }

    /** Nobody ever joins or leaves. */
    @Override
    public MembershipListener.Registration onMembershipChange(MembershipListener listener) {
        return () -> {};
    }

    @Override
    public <T> T unwrap(Class<T> type) {
        return null;
    }

    @Override
    public String describe() {
        return "embedded";
    }

    @Override
    public void close() {}
}

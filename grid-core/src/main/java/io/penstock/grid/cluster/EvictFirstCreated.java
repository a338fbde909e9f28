package io.penstock.grid.cluster;

import com.hazelcast.core.EntryView;
import com.hazelcast.map.MapEvictionPolicyComparator;

/** Of the entries that Hazelcast looks at, has it evict the one that was created first. It counts in seconds. */
public final class EvictFirstCreated implements MapEvictionPolicyComparator<Stored, Stored> {

    private static final long serialVersionUID = 1L;

    /** For Hazelcast. */
    public EvictFirstCreated() {}

    @Override
    public int compare(EntryView<Stored, Stored> one, EntryView<Stored, Stored> other) {
        return Long.compare(one.getCreationTime(), other.getCreationTime());
    }

    /** All of them are equal, so that Hazelcast finds two configurations of one map to be the same. */
    @Override
    public boolean equals(Object other) {
        return other instanceof EvictFirstCreated;
    }

    @Override
    public int hashCode() {
        return 1;
    }
}

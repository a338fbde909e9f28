package io.penstock.grid.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.spi.merge.MergingValue;
import com.hazelcast.spi.merge.SplitBrainMergePolicy;

/** Keeps the value that was written last. Hazelcast's own goes by statistics that each entry would have to carry. */
public final class MergeLatestWrite implements SplitBrainMergePolicy<Stored, MergingValue<Stored>, Stored> {

    /** For Hazelcast. */
    public MergeLatestWrite() {}

    @Override
    public Stored merge(MergingValue<Stored> merging, MergingValue<Stored> existing) {
        Stored theirs = merging.getDeserializedValue();
        if (existing == null) {
            return theirs;
        }
        Stored ours = existing.getDeserializedValue();
        return StoredForm.writtenMs(theirs) > StoredForm.writtenMs(ours) ? theirs : ours;
    }

    @Override
    public void writeData(ObjectDataOutput out) {}

    @Override
    public void readData(ObjectDataInput in) {}
}

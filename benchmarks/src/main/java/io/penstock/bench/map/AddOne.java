package io.penstock.bench.map;

import com.hazelcast.map.EntryProcessor;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.IdentifiedDataSerializable;
import java.util.Map;

/** Adds 1 to an amount where the entry is, and returns the new value, as a grid map's {@code update} does. */
final class AddOne implements EntryProcessor<Long, Item, Item>, IdentifiedDataSerializable {

    static final int FACTORY_ID = 1;

    private static final long serialVersionUID = 1L;

    @Override
    public Item process(Map.Entry<Long, Item> entry) {
        Item next = entry.getValue().plus(1);
        entry.setValue(next);
        return next;
    }

    @Override
    public int getFactoryId() {
        return FACTORY_ID;
    }

    @Override
    public int getClassId() {
        return 1;
    }

    @Override
    public void writeData(ObjectDataOutput out) {
        // it has no state
    }

    @Override
    public void readData(ObjectDataInput in) {
        // it has no state
    }
}

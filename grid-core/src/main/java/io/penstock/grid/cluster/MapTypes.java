package io.penstock.grid.cluster;

import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import io.penstock.grid.MapRef;
import java.io.IOException;

/** The names by which a member finds the classes of a map, and tells of it. */
record MapTypes(String mapName, String gridName, String keyType, String valueType) {

    static MapTypes of(MapRef<?, ?> ref, String gridName) {
        return new MapTypes(ref.name(), gridName, ref.keyType().getName(), ref.valueType().getName());
    }

    void write(ObjectDataOutput out) throws IOException {
        out.writeString(mapName);
        out.writeString(gridName);
        out.writeString(keyType);
        out.writeString(valueType);
    }

    static MapTypes read(ObjectDataInput in) throws IOException {
        return new MapTypes(in.readString(), in.readString(), in.readString(), in.readString());
    }
}

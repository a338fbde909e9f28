package io.penstock.dag.wire;

import java.io.IOException;
import java.util.UUID;

/** UUIDs. */
final class UuidForm extends Form {

    UuidForm() {
        super(Tag.UUIDS);
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        long[] halves = to.scratch(2 * count);
        for (int i = 0; i < count; i++) {
            UUID id = (UUID) values[i];
            halves[2 * i] = id.getMostSignificantBits();
            halves[2 * i + 1] = id.getLeastSignificantBits();
        }
        to.out().longs(halves, 2 * count);
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        long[] halves = from.in().longs(2 * count);
        Object[] ids = new Object[count];
        for (int i = 0; i < count; i++) {
            ids[i] = new UUID(halves[2 * i], halves[2 * i + 1]);
        }
        return ids;
    }
}

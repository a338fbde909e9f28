package io.penstock.bench.map;

import com.hazelcast.nio.serialization.compact.CompactReader;
import com.hazelcast.nio.serialization.compact.CompactSerializer;
import com.hazelcast.nio.serialization.compact.CompactWriter;

/** Hazelcast's fastest way to write an {@link Item}. */
final class ItemSerializer implements CompactSerializer<Item> {

    @Override
    public Item read(CompactReader in) {
        return new Item(in.readInt64("id"), in.readInt64("amount"), in.readInt32("category"), in.readFloat64("limit"),
                in.readString("name"));
    }

    @Override
    public void write(CompactWriter out, Item item) {
        out.writeInt64("id", item.id());
        out.writeInt64("amount", item.amount());
        out.writeInt32("category", item.category());
        out.writeFloat64("limit", item.limit());
        out.writeString("name", item.name());
    }

    @Override
    public String getTypeName() {
        return "item";
    }

    @Override
    public Class<Item> getCompactClass() {
        return Item.class;
    }
}

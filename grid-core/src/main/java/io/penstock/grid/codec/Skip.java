package io.penstock.grid.codec;

/** Passes over the value of a field that the class has no more, of whatever type it was. */
final class Skip {

    private Skip() {}

    static void value(Decoder from) {
        ByteSource in = from.in();
        value(from, in, in.get1());
    }

    private static void value(Decoder from, ByteSource in, int tag) {
        if (tag >= Tag.SMALL_INT) {
            return;
        } else if (tag >= Tag.SHORT_TEXT) {
            in.skip(tag - Tag.SHORT_TEXT);
            return;
        } else if (tag >= Tag.LEAF) {
            Leaf.ofTag(tag).read(from);
            return;
        } else if (tag >= Tag.LONG && tag < Tag.LONG + 8) {
            in.skip(tag - Tag.LONG + 1);
            return;
        } else if (tag >= Tag.INT && tag < Tag.INT + 4) {
            in.skip(tag - Tag.INT + 1);
            return;
        }
        switch (tag) {
            case Tag.NULL, Tag.FALSE, Tag.TRUE, Tag.EMPTY -> { }
            case Tag.BYTE -> in.skip(1);
            case Tag.SHORT, Tag.CHAR -> in.skip(2);
            case Tag.FLOAT -> in.skip(4);
            case Tag.DOUBLE -> in.skip(8);
            case Tag.LATIN1 -> in.skip(in.varint());
            case Tag.UTF16 -> in.skip(2L * in.varint());
            case Tag.ENUM -> name(from, in);
            case Tag.ENUM_OF -> {
                from.layout();
                name(from, in);
            }
            case Tag.STRUCT -> values(from, from.layout().targets().length);
            case Tag.PRESENT -> values(from, 1);
            case Tag.LIST, Tag.SET, Tag.LINKED_SET, Tag.SORTED_SET, Tag.ARRAY -> values(from, in.count(1));
            case Tag.MAP, Tag.LINKED_MAP, Tag.SORTED_MAP -> values(from, 2L * in.count(2));
            default -> {
                PrimitiveArray array = PrimitiveArray.ofTag(tag);
                if (array == null) {
                    throw Fault.found(Tag.name(tag), "the value of a field that the class has no longer");
                }
                array.skip(in);
            }
        }
    }

    private static void name(Decoder from, ByteSource in) {
        int tag = in.get1();
        if (!ByteSource.isText(tag)) {
            throw Fault.found(Tag.name(tag), "the name of a constant");
        }
        value(from, in, tag);
    }

    private static void values(Decoder from, long count) {
        from.enter();
        for (long i = 0; i < count; i++) {
            value(from);
        }
        from.leave();
    }
}

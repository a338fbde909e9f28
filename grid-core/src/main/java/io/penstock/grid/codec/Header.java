package io.penstock.grid.codec;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * The layouts of the types in a value, in front of it: how many; then of each its number, how many characters its name
 * shares with the one before, the rest of the name, and the names of its fields. Numbers ascend.
 *
 * @param bytes as they are in front of the value
 * @param layouts by number, null where there is none
 */
record Header(byte[] bytes, Layout[] layouts) {

    /** So many types can be in one value, and in one codec. */
    static final int TYPES_MAX = 4_096;
    /** A longer name cannot be kept. With the limit above, forged names are bounded by 4 MB. */
    static final int NAME_LENGTH_MAX = 1_000;

    static byte[] write(List<NamedType> types, long[] used) {
        ByteSink out = new ByteSink(Integer.MAX_VALUE >> 1);
        List<NamedType> there = types.stream()
                .filter(type -> (used[type.id() >> 6] & 1L << type.id()) != 0)
                .toList();
        out.varint(there.size());
        String before = "";
        for (NamedType type : there) {
            int shared = Arrays.mismatch(before.toCharArray(), type.name().toCharArray());
            out.varint(type.id());
            out.varint(shared);
            out.text(type.name().substring(shared));
            out.varint(type.fieldNames().size());
            type.fieldNames().forEach(out::text);
            before = type.name();
        }
        return Arrays.copyOf(out.bytes(), out.size());
    }

    static Header read(ByteSource in, Map<String, NamedType> types) {
        int start = in.at();
        int count = in.count(4);
        if (count > TYPES_MAX) {
            throw Fault.badBytes("there are more than " + TYPES_MAX + " types in one value");
        }
        int[] ids = new int[count];
        Layout[] inOrder = new Layout[count];
        int idMax = -1;
        String name = "";
        for (int i = 0; i < count; i++) {
            int id = in.varint();
            if (id <= idMax || id >= TYPES_MAX) {
                throw Fault.badBytes("the numbers of the types do not ascend, or are above " + TYPES_MAX);
            }
            name = name(in, name);
            inOrder[i] = new Layout(name, types.get(name), fieldNames(in));
            ids[i] = id;
            idMax = id;
        }
        Layout[] layouts = new Layout[idMax + 1];
        for (int i = 0; i < count; i++) {
            layouts[ids[i]] = inOrder[i];
        }
        return new Header(Arrays.copyOfRange(in.bytes(), start, in.at()), layouts);
    }

    private static String name(ByteSource in, String before) {
        int shared = in.varint();
        String rest = in.text();
        if (shared > before.length() || shared + rest.length() > NAME_LENGTH_MAX) {
            throw Fault.badBytes("the name of a type is longer than " + NAME_LENGTH_MAX + ", or shares too much");
        }
        return before.substring(0, shared).concat(rest);
    }

    private static List<String> fieldNames(ByteSource in) {
        int count = in.count(1);
        List<String> names = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            names.add(in.text());
        }
        return names;
    }
}

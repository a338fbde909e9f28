package io.penstock.dag.wire;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** Constants of an enum: the names of those that are there, then for each event which of them it is. */
final class EnumForm extends Form {

    private final Class<?> type;
    private final Object[] constants;
    private final Map<String, Object> byName = new HashMap<>();

    /** @param type the class that declares the constants, some of which may be of classes of their own */
    EnumForm(Class<?> type) {
        super(Tag.ENUMS);
        this.type = type;
        constants = type.getEnumConstants();
        for (Object constant : constants) {
            byName.put(((Enum<?>) constant).name(), constant);
        }
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        WireOutput out = to.out();
        out.text(ClassNames.written(type));
        int[] numbers = new int[constants.length];
        int[] there = new int[constants.length];
        int thereCount = 0;
        long[] indexes = to.scratch(count);
        for (int i = 0; i < count; i++) {
            int ordinal = ((Enum<?>) values[i]).ordinal();
            if (numbers[ordinal] == 0) {
                there[thereCount++] = ordinal;
                numbers[ordinal] = thereCount;
            }
            indexes[i] = numbers[ordinal] - 1;
        }
        out.varint(thereCount);
        for (int i = 0; i < thereCount; i++) {
            out.text(((Enum<?>) constants[there[i]]).name());
        }
        out.numbers(indexes, count, 0);
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        WireInput in = from.in();
        Object[] there = new Object[in.varint(Math.min(count, constants.length))];
        for (int i = 0; i < there.length; i++) {
            String name = in.text();
            there[i] = byName.get(name);
            if (there[i] == null) {
                throw WireInput.damaged("enum " + type.getName() + " has no such constant as was written; it has "
                        + Arrays.toString(constants));
            }
        }
        long[] indexes = in.numbers(count, 0);
        Object[] values = new Object[count];
        for (int i = 0; i < count; i++) {
            if (indexes[i] < 0 || indexes[i] >= there.length) {
                throw WireInput.damaged("there is no constant number " + indexes[i]);
            }
            values[i] = there[(int) indexes[i]];
        }
        return values;
    }
}

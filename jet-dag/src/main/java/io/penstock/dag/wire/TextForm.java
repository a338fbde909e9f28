package io.penstock.dag.wire;

import java.io.IOException;

/** Strings: first the lengths of all, then the characters. */
final class TextForm extends Form {

    TextForm() {
        super(Tag.TEXTS);
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        long[] lengths = to.scratch(count);
        for (int i = 0; i < count; i++) {
            String text = (String) values[i];
            lengths[i] = (long) text.length() << 1 | (WireOutput.isWide(text) ? 1 : 0);
        }
        WireOutput out = to.out();
        out.numbers(lengths, count, 0);
        for (int i = 0; i < count; i++) {
            out.characters((String) values[i], (lengths[i] & 1) != 0);
        }
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        WireInput in = from.in();
        long[] lengths = in.numbers(count, 0);
        Object[] texts = new Object[count];
        for (int i = 0; i < count; i++) {
            texts[i] = in.characters(lengths[i]);
        }
        return texts;
    }
}

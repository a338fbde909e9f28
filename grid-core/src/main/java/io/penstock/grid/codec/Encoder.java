package io.penstock.grid.codec;

import io.penstock.grid.GridException.Code;
import java.util.Arrays;

/** The state of one encoding. Used by one thread at a time, and again for later values. */
final class Encoder {

    private final ByteSink out;
    private final int depthMax;
    private final long[] typesUsed;
    private int depth;

    Encoder(int sizeMax, int depthMax, int typeCount) {
        this.out = new ByteSink(sizeMax);
        this.depthMax = depthMax;
        this.typesUsed = new long[(typeCount + 63) / 64];
    }

    ByteSink out() {
        return out;
    }

    /** One bit for each type whose layout the bytes need. */
    long[] typesUsed() {
        return typesUsed;
    }

    void clear() {
        out.clear();
        depth = 0;
        Arrays.fill(typesUsed, 0);
    }

    void use(NamedType type) {
        int id = type.id();
        typesUsed[id >> 6] |= 1L << id;
        out.varint(id);
    }

    void enter() {
        if (++depth > depthMax) {
            throw tooDeep(
                    depthMax, "; look for an object that contains itself, or raise maxDepth in the codec's options");
        }
    }

    void leave() {
        depth--;
    }

    static Fault tooDeep(int depthMax, String wayOut) {
        return new Fault(Code.TOO_LARGE, "the value is nested more than " + depthMax + " deep" + wayOut);
    }
}

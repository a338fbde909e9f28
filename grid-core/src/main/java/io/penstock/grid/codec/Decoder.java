package io.penstock.grid.codec;

/** The state of one decoding. Used by one thread at a time, and again for later values. */
final class Decoder {

    private final ByteSource in = new ByteSource();
    private final Slots slots = new Slots();
    private final int depthMax;
    private Layout[] layouts;
    private int depth;
    private long comparisons;

    Decoder(int depthMax) {
        this.depthMax = depthMax;
    }

    ByteSource in() {
        return in;
    }

    Slots slots() {
        return slots;
    }

    void start(Layout[] layouts) {
        this.layouts = layouts;
        depth = 0;
        comparisons = 0;
    }

    /** Keeps nothing of what was decoded. */
    void clear() {
        in.reset(null, 0, 0);
        slots.clear();
        layouts = null;
    }

    void enter() {
        if (++depth > depthMax) {
            throw Encoder.tooDeep(depthMax, "; raise maxDepth in the codec's options");
        }
    }

    void leave() {
        depth--;
    }

    /** Counts what hash tables compare, and returns how much it is for the whole value. */
    long compare(int count) {
        comparisons += count;
        return comparisons;
    }

    /** The layout whose number comes next. */
    Layout layout() {
        int id = in.varint();
        Layout layout = id < layouts.length ? layouts[id] : null;
        if (layout == null) {
            throw Fault.badBytes("type " + id + " has no layout");
        }
        return layout;
    }
}

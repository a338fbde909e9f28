package io.penstock.grid.codec;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** The eight arrays of primitives: a count, then the numbers, lowest byte first. */
enum PrimitiveArray {
    BOOLEANS(Tag.BOOLEANS, boolean[].class, 1) {
        @Override
        int length(Object array) {
            return ((boolean[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            boolean[] values = (boolean[]) array;
            for (int i = 0; i < values.length; i++) {
                to[at + i] = (byte) (values[i] ? 1 : 0);
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            boolean[] values = new boolean[length];
            for (int i = 0; i < length; i++) {
                values[i] = from[at + i] != 0;
            }
            return values;
        }
    },
    BYTES(Tag.BYTES, byte[].class, 1) {
        @Override
        int length(Object array) {
            return ((byte[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            System.arraycopy(array, 0, to, at, length(array));
        }

        @Override
        Object read(byte[] from, int at, int length) {
            return Arrays.copyOfRange(from, at, at + length);
        }
    },
    SHORTS(Tag.SHORTS, short[].class, 2) {
        @Override
        int length(Object array) {
            return ((short[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            short[] values = (short[]) array;
            for (int i = 0; i < values.length; i++) {
                ByteSink.SHORT.set(to, at + 2 * i, values[i]);
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            short[] values = new short[length];
            for (int i = 0; i < length; i++) {
                values[i] = (short) ByteSink.SHORT.get(from, at + 2 * i);
            }
            return values;
        }
    },
    CHARS(Tag.CHARS, char[].class, 2) {
        @Override
        int length(Object array) {
            return ((char[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            char[] values = (char[]) array;
            for (int i = 0; i < values.length; i++) {
                ByteSink.CHAR.set(to, at + 2 * i, values[i]);
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            char[] values = new char[length];
            for (int i = 0; i < length; i++) {
                values[i] = (char) ByteSink.CHAR.get(from, at + 2 * i);
            }
            return values;
        }
    },
    INTS(Tag.INTS, int[].class, 4) {
        @Override
        int length(Object array) {
            return ((int[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            int[] values = (int[]) array;
            for (int i = 0; i < values.length; i++) {
                ByteSink.INT.set(to, at + 4 * i, values[i]);
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            int[] values = new int[length];
            for (int i = 0; i < length; i++) {
                values[i] = (int) ByteSink.INT.get(from, at + 4 * i);
            }
            return values;
        }
    },
    LONGS(Tag.LONGS, long[].class, 8) {
        @Override
        int length(Object array) {
            return ((long[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            long[] values = (long[]) array;
            for (int i = 0; i < values.length; i++) {
                ByteSink.LONG.set(to, at + 8 * i, values[i]);
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            long[] values = new long[length];
            for (int i = 0; i < length; i++) {
                values[i] = (long) ByteSink.LONG.get(from, at + 8 * i);
            }
            return values;
        }
    },
    FLOATS(Tag.FLOATS, float[].class, 4) {
        @Override
        int length(Object array) {
            return ((float[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            float[] values = (float[]) array;
            for (int i = 0; i < values.length; i++) {
                ByteSink.INT.set(to, at + 4 * i, Float.floatToIntBits(values[i]));
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            float[] values = new float[length];
            for (int i = 0; i < length; i++) {
                values[i] = Float.intBitsToFloat((int) ByteSink.INT.get(from, at + 4 * i));
            }
            return values;
        }
    },
    DOUBLES(Tag.DOUBLES, double[].class, 8) {
        @Override
        int length(Object array) {
            return ((double[]) array).length;
        }

        @Override
        void write(Object array, byte[] to, int at) {
            double[] values = (double[]) array;
            for (int i = 0; i < values.length; i++) {
                ByteSink.LONG.set(to, at + 8 * i, Double.doubleToLongBits(values[i]));
            }
        }

        @Override
        Object read(byte[] from, int at, int length) {
            double[] values = new double[length];
            for (int i = 0; i < length; i++) {
                values[i] = Double.longBitsToDouble((long) ByteSink.LONG.get(from, at + 8 * i));
            }
            return values;
        }
    };

    private static final Map<Class<?>, PrimitiveArray> BY_TYPE = new HashMap<>();

    static {
        for (PrimitiveArray array : values()) {
            BY_TYPE.put(array.type, array);
        }
    }

    private final int tag;
    private final Class<?> type;
    private final int width;

    PrimitiveArray(int tag, Class<?> type, int width) {
        this.tag = tag;
        this.type = type;
        this.width = width;
    }

    /** Null for other types. */
    static PrimitiveArray of(Class<?> type) {
        return BY_TYPE.get(type);
    }

    /** Null for other tags. */
    static PrimitiveArray ofTag(int tag) {
        return tag < Tag.BOOLEANS || tag > Tag.DOUBLES ? null : values()[tag - Tag.BOOLEANS];
    }

    int tag() {
        return tag;
    }

    Class<?> type() {
        return type;
    }

    abstract int length(Object array);

    abstract void write(Object array, byte[] to, int at);

    abstract Object read(byte[] from, int at, int length);

    final void write(Encoder to, Object array) {
        ByteSink out = to.out();
        int length = length(array);
        out.tag(tag);
        out.varint(length);
        int at = out.reserve((long) length * width);
        write(array, out.bytes(), at);
    }

    final Object read(Decoder from) {
        ByteSource in = from.in();
        int length = in.count(width);
        Object array = read(in.bytes(), in.at(), length);
        in.skip((long) length * width);
        return array;
    }

    final void skip(ByteSource in) {
        in.skip((long) in.count(width) * width);
    }
}

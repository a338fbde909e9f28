package io.penstock.grid.codec;

import java.util.HashMap;
import java.util.Map;

/** The eight primitive types. A value is a long here: of a float or a double, its bits with one form of NaN. */
enum Primitive {
    BOOLEAN(boolean.class, Boolean.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().tag(value == 0 ? Tag.FALSE : Tag.TRUE);
        }

        @Override
        long read(Decoder from, int tag) {
            if (tag != Tag.TRUE && tag != Tag.FALSE) {
                throw notExpected(tag);
            }
            return tag == Tag.TRUE ? 1 : 0;
        }

        @Override
        Object box(long value) {
            return value != 0;
        }

        @Override
        long unbox(Object value) {
            return (Boolean) value ? 1 : 0;
        }
    },
    BYTE(byte.class, Byte.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().tag(Tag.BYTE);
            to.out().put1((int) value);
        }

        @Override
        long read(Decoder from, int tag) {
            return whole(from, tag, Byte.MIN_VALUE, Byte.MAX_VALUE);
        }

        @Override
        Object box(long value) {
            return (byte) value;
        }

        @Override
        long unbox(Object value) {
            return (Byte) value;
        }
    },
    SHORT(short.class, Short.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().tag(Tag.SHORT);
            to.out().put2((int) value);
        }

        @Override
        long read(Decoder from, int tag) {
            return whole(from, tag, Short.MIN_VALUE, Short.MAX_VALUE);
        }

        @Override
        Object box(long value) {
            return (short) value;
        }

        @Override
        long unbox(Object value) {
            return (Short) value;
        }
    },
    CHAR(char.class, Character.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().tag(Tag.CHAR);
            to.out().put2((int) value);
        }

        @Override
        long read(Decoder from, int tag) {
            if (tag != Tag.CHAR) {
                throw notExpected(tag);
            }
            return from.in().get2();
        }

        @Override
        Object box(long value) {
            return (char) value;
        }

        @Override
        long unbox(Object value) {
            return (Character) value;
        }
    },
    INT(int.class, Integer.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().intValue((int) value);
        }

        @Override
        long read(Decoder from, int tag) {
            return whole(from, tag, Integer.MIN_VALUE, Integer.MAX_VALUE);
        }

        @Override
        Object box(long value) {
            return (int) value;
        }

        @Override
        long unbox(Object value) {
            return (Integer) value;
        }
    },
    LONG(long.class, Long.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().longValue(value);
        }

        @Override
        long read(Decoder from, int tag) {
            return whole(from, tag, Long.MIN_VALUE, Long.MAX_VALUE);
        }

        @Override
        Object box(long value) {
            return value;
        }

        @Override
        long unbox(Object value) {
            return (Long) value;
        }
    },
    FLOAT(float.class, Float.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().tag(Tag.FLOAT);
            to.out().put4((int) value);
        }

        @Override
        long read(Decoder from, int tag) {
            if (tag != Tag.FLOAT) {
                throw notExpected(tag);
            }
            return from.in().get4();
        }

        @Override
        Object box(long value) {
            return Float.intBitsToFloat((int) value);
        }

        @Override
        long unbox(Object value) {
            return Float.floatToIntBits((Float) value);
        }
    },
    DOUBLE(double.class, Double.class) {
        @Override
        void write(Encoder to, long value) {
            to.out().tag(Tag.DOUBLE);
            to.out().put8(value);
        }

        /** Takes what any int or float can be without loss. */
        @Override
        long read(Decoder from, int tag) {
            if (tag == Tag.DOUBLE) {
                return from.in().get8();
            } else if (tag == Tag.FLOAT) {
                return Double.doubleToLongBits(Float.intBitsToFloat(from.in().get4()));
            }
            return Double.doubleToLongBits(whole(from, tag, Integer.MIN_VALUE, Integer.MAX_VALUE));
        }

        @Override
        Object box(long value) {
            return Double.longBitsToDouble(value);
        }

        @Override
        long unbox(Object value) {
            return Double.doubleToLongBits((Double) value);
        }
    };

    private static final Map<Class<?>, Primitive> BY_TYPE = new HashMap<>();

    static {
        for (Primitive primitive : values()) {
            BY_TYPE.put(primitive.type, primitive);
            BY_TYPE.put(primitive.boxType, primitive);
        }
    }

    private final Class<?> type;
    private final Class<?> boxType;

    Primitive(Class<?> type, Class<?> boxType) {
        this.type = type;
        this.boxType = boxType;
    }

    /** Of a primitive type or its box; null for other types. */
    static Primitive of(Class<?> type) {
        return BY_TYPE.get(type);
    }

    Class<?> boxType() {
        return boxType;
    }

    abstract void write(Encoder to, long value);

    abstract long read(Decoder from, int tag);

    abstract Object box(long value);

    abstract long unbox(Object value);

    String expected() {
        return this == INT ? "an int" : "a " + type.getName();
    }

    final Fault notExpected(int tag) {
        return Fault.found(Tag.name(tag), expected());
    }

    /** A whole number of any width, if its value fits: so a field may become an int, and a long, and an int again. */
    final long whole(Decoder from, int tag, long min, long max) {
        ByteSource in = from.in();
        long value;
        if (tag >= Tag.SMALL_INT) {
            value = (tag - Tag.SMALL_INT & 0x3F) + Tag.SMALL_MIN;
        } else if (tag >= Tag.INT && tag < Tag.INT + 4) {
            value = in.sized(tag - Tag.INT + 1);
        } else if (tag >= Tag.LONG && tag < Tag.LONG + 8) {
            value = in.sized(tag - Tag.LONG + 1);
        } else if (tag == Tag.SHORT) {
            value = (short) in.get2();
        } else if (tag == Tag.BYTE) {
            value = (byte) in.get1();
        } else {
            throw notExpected(tag);
        }
        if (value < min || value > max) {
            throw Fault.found("a " + (tag >= Tag.LONG ? "long" : "number") + " that is out of its range", expected());
        }
        return value;
    }
}

package io.penstock.dag.wire;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.NotSerializableException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;
import java.io.OutputStream;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What only Java's own serialization can write: one stream for all objects of a column. */
final class JavaForm extends Form {

    private static final int DEPTH_MAX = 2_000;

    JavaForm() {
        super(Tag.JAVA);
    }

    @Override
    boolean isShared() {
        return true;
    }

    @Override
    void write(Object[] values, int count, EventWriter to) {
        WireOutput out = to.out();
        int lengthAt = out.reserve(Integer.BYTES);
        try (ObjectOutputStream objects = new ObjectOutputStream(new Bytes(out))) {
            for (int i = 0; i < count; i++) {
                objects.writeObject(values[i]);
            }
        } catch (NotSerializableException e) {
            throw new Unwritable(
                    "is neither a record nor serializable (" + e.getMessage()
                            + "); make it a record, or let it implement java.io.Serializable", e);
        } catch (IOException | RuntimeException e) {
            throw new Unwritable("cannot be serialized: " + e, e);
        } catch (StackOverflowError e) {
            throw new Unwritable("is too deep for Java's serialization; keep long chains in a list", e);
        }
        WireOutput.INT.set(out.bytes(), lengthAt, out.size() - lengthAt - Integer.BYTES);
    }

    @Override
    Object[] read(int count, EventReader from) throws IOException {
        WireInput in = from.in();
        int length = (int) WireOutput.INT.get(in.bytes(), in.take(Integer.BYTES));
        int at = in.take(length);
        Object[] values = new Object[count];
        try (ObjectInputStream objects = new JobObjects(in.bytes(), at, length)) {
            for (int i = 0; i < count; i++) {
                values[i] = objects.readObject();
            }
        } catch (ClassNotFoundException e) {
            throw new IOException(e.getMessage(), e);
        } catch (StackOverflowError e) {
            throw WireInput.damaged("objects refer to each other without end");
        }
        return values;
    }

    /** Closing does nothing, so that the output can be written further. */
    private static final class Bytes extends OutputStream {

        private final WireOutput out;

        Bytes(WireOutput out) {
            this.out = out;
        }

        @Override
        public void write(int value) {
            out.put1(value);
        }

        @Override
        public void write(byte[] source, int from, int length) {
            out.put(source, from, length);
        }
    }

    /** Takes classes as {@link JobClasses} does, and makes no more objects than the bytes pay for. */
    private static final class JobObjects extends ObjectInputStream {

        private static final Map<String, Class<?>> PRIMITIVES = Stream
                .of(boolean.class, byte.class, short.class, char.class, int.class, long.class, float.class,
                        double.class, void.class)
                .collect(Collectors.toMap(Class::getName, type -> type));

        private final ClassLoader loader = Thread.currentThread().getContextClassLoader();

        JobObjects(byte[] bytes, int from, int length) throws IOException {
            super(new ByteArrayInputStream(bytes, from, length));
            ObjectInputFilter paid = info ->
                    info.arrayLength() > 4L * length || info.depth() > DEPTH_MAX || info.references() > length
                            ? ObjectInputFilter.Status.REJECTED
                            : ObjectInputFilter.Status.UNDECIDED;
            setObjectInputFilter(ObjectInputFilter.merge(paid, ObjectInputFilter.Config.getSerialFilter()));
        }

        @Override
        protected Class<?> resolveClass(ObjectStreamClass type) throws IOException {
            Class<?> primitive = PRIMITIVES.get(type.getName());
            return primitive != null ? primitive : JobClasses.load(type.getName(), loader);
        }

        @Override
        @SuppressWarnings("deprecation") // the superclass uses it, too: a class is wanted, not an object
        protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
            Class<?>[] types = new Class<?>[interfaces.length];
            for (int i = 0; i < types.length; i++) {
                types[i] = JobClasses.load(interfaces[i], loader);
            }
            return Proxy.getProxyClass(loader, types);
        }
    }
}

package io.penstock.grid.cluster;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.ObjectStreamClass;

/** Functions, and what they return or throw, as they travel: in the form of Java's own serialization. */
final class JavaForm {

    private JavaForm() {}

    /** Null if the object, or something in it, cannot be serialized. */
    static byte[] write(Object object) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(object);
        } catch (IOException | RuntimeException e) {
            return null;
        }
        return bytes.toByteArray();
    }

    /**
     * Reads an object.
     *
     * @throws ClassNotFoundException if the loader does not find a class
     * @throws IOException if a class is another version than the one that was written
     */
    static Object read(byte[] bytes, ClassLoader loader) throws IOException, ClassNotFoundException {
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            protected Class<?> resolveClass(ObjectStreamClass type) throws IOException, ClassNotFoundException {
                try {
                    return Class.forName(type.getName(), false, loader);
                } catch (ClassNotFoundException e) {
                    return super.resolveClass(type);
                }
            }
        }) {
            return in.readObject();
        }
    }

    /** Whether all objects of a class are alike: that of a lambda which refers to nothing. */
    static boolean isStateless(Class<?> type) {
        return type.isHidden() && type.getDeclaredFields().length == 0 && type.getSuperclass() == Object.class;
    }
}

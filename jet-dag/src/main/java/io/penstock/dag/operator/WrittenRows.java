package io.penstock.dag.operator;

/** A step that writes a key and a value of each row. */
@FunctionalInterface
public interface WrittenRows {

    void write(Object key, Object value) throws Exception;
}

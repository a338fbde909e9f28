package io.penstock.dag.operator;

/** A step that takes rows one by one and sends none on. */
@FunctionalInterface
public interface TakenRows {

    void take(long timeMs, Object event) throws Exception;
}

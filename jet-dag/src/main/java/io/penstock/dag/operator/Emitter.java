package io.penstock.dag.operator;

/** Rows that a host pulls from an operator one by one, when it has room for them. */
@FunctionalInterface
public interface Emitter {

    /**
     * Goes one step on and emits at most one row to each output. A step may emit nothing.
     *
     * @return false when there is nothing left; then nothing was emitted
     */
    boolean emitNext(Output output) throws Exception;
}

package io.penstock.dag.operator;

/** A step without inputs. */
public interface SourceOperator extends Operator {

    /**
     * Emits up to {@link Batch#CAPACITY} rows; none if there are none at the moment.
     *
     * @return false when the source has ended and will never emit again
     */
    boolean fill(Output output) throws Exception;

    @Override
    default void process(int input, Batch batch, Output output) {
        throw new IllegalStateException("a source has no input");
    }
}

package io.penstock.dag.operator;

/** A step without inputs. */
public interface SourceOperator extends Operator {

    /**
     * Emits up to {@link Batch#CAPACITY} rows; none if there are none at the moment.
     *
     * @return false when the source has ended and will never emit again
     */
    boolean fill(Output output) throws Exception;

    /**
     * For how long the host may leave this source alone now that {@link #fill} has emitted nothing, in ns: {@link
     * Long#MAX_VALUE} until {@link OperatorContext#wakeUp} is run, 0 (the default) if it does not know; then the host
     * asks again and again, at longer and longer intervals, up to 5 ms. A host may ask earlier.
     */
    default long restNs() {
        return 0;
    }

    @Override
    default void process(int input, Batch batch, Output output) {
        throw new IllegalStateException("a source has no input");
    }
}

package io.penstock.dag.operator;

import java.util.function.BiConsumer;

/**
 * The part that a compiled loop calls of an operator around another one, when rows are more than the events that the
 * other one knows. The functions of the form see to that as long as all goes well; a row that fails, is missed or is
 * late comes here.
 */
public interface AroundRows {

    /** The operator around which this one is: the one that the form names an interface of. */
    Operator inner();

    /**
     * Lets something be done about a row that does not go on.
     *
     * @param rest does it, with the event of the row, and with where to emit to and give up
     */
    void leave(Object row, Output output, BiConsumer<Object, Output> rest);
}

package io.penstock.dag.call;

/** An event on its way to a reply, and the call that it belongs to. Only steps that carry calls see one. */
record CallRow(PendingCall call, Object event) {

    /** The event of a row, whether a call goes with it or not. */
    static Object eventOf(Object row) {
        return row instanceof CallRow carrying ? carrying.event : row;
    }

    /** The call of a row, or null if none goes with it. */
    static PendingCall callOf(Object row) {
        return row instanceof CallRow carrying ? carrying.call : null;
    }
}

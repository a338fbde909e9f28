package io.penstock.grid.host;

/** Something of which parts expire, and have to be removed without anybody asking. */
public interface Expiring {

    /** Whether there is something that will expire. */
    boolean isTimed();

    /** Removes what has expired. */
    void expire();
}

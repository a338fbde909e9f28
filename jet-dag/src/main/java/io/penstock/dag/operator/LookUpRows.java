package io.penstock.dag.operator;

/** The part of a look-up that a compiled loop calls. Keys are not null; values are what the step joins with. */
public interface LookUpRows {

    /** Begins with the rows of a batch. */
    void beginRows();

    /**
     * Has no more rows to look up for the moment.
     *
     * @param rows how many were looked up one by one, or had no key, since {@link #beginRows}
     */
    void endRows(long rows);

    /** The value for a key, also if it is a default; null if there is none. */
    Object find(Object key);

    /** {@link #find(Object)} for a Long or Integer key of a map with such keys. */
    Object findLong(long key);

    /** {@link #find(Object)} of many keys at once; a null key, and one that is missing, leaves null. */
    void findAll(Object[] keys, int count, Object[] values);

    /** {@link #findAll(Object[], int, Object[])} for Long or Integer keys. */
    void findAllLongs(long[] keys, int count, Object[] values);

    /** The value for a row whose key is null, which is the default; null if there is none. */
    Object findWithoutKey();

    /** Handles a row for which there is no value. Emits nothing to the main output, whose rows would change places. */
    void missed(long timeMs, Object event, Object key, Output output);
}

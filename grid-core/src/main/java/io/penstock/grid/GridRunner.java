package io.penstock.grid;

/**
 * A service that runs work which uses other services of its grid. It is closed before those that are not runners,
 * whichever was made first, so that running work finds what it uses until it has stopped.
 */
public interface GridRunner {}

package io.penstock.dag;

import java.io.Serializable;

/**
 * The result of a window of one key.
 *
 * @param startMs the window's start in ms since the epoch, inclusive
 * @param endMs its end, exclusive
 */
public record KeyedWindowResult<K, R>(long startMs, long endMs, K key, R result) implements Serializable {}

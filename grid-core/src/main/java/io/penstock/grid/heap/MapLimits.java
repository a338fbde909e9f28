package io.penstock.grid.heap;

import io.penstock.grid.Eviction;

/**
 * How much a heap map keeps.
 *
 * @param journalCapacity the number of changes; 0 for no journal
 */
public record MapLimits(long maxEntries, Eviction eviction, int journalCapacity) {}

package io.penstock.grid;

/**
 * How much a map holds.
 *
 * @param bytes the size of all keys and values in the form of the {@link Codec}: exact for maps with
 *     {@link MapConfig#maxBytes(long)}, an estimate from a sample of the entries for others; -1 if the codec refuses
 *     the map's types. Objects in the heap take more: some two times as much. On a cluster, of a map with {@code
 *     maxBytes}, the memory that Hazelcast needs for the entries at their owners, without backups: the codec's bytes,
 *     and some 130 more for each entry
 * @param journalChanges the changes in the journals
 * @param viewEntries the entries in the table behind the local views of this JVM
 */
public record MapFigures(long entries, long bytes, long journalChanges, long viewEntries) {}

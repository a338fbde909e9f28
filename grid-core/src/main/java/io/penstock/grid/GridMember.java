package io.penstock.grid;

/**
 * One of the processes that hold a grid's maps.
 *
 * @param id other for each start of a member
 * @param address host and port at which the others reach it; of an embedded grid, {@code local}
 * @param isLocal whether it is in this JVM and belongs to this grid; for a client, no member is
 */
public record GridMember(String id, String address, boolean isLocal) {}

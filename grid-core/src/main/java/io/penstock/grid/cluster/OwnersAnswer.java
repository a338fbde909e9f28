package io.penstock.grid.cluster;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * What came of a function at the owner of an entry.
 *
 * @param next the new value, if it is stored now or was before
 * @param ttlNs its own time to live; {@link TimesToLive#OF_MAP} if it has none
 * @param content the serialized result or exception, or a reason; null for none
 */
record OwnersAnswer(Kind kind, Stored next, long ttlNs, byte[] content) {

    /** What was done. */
    enum Kind {
        /** Nothing; the function would have it so. */
        KEPT,
        STORED,
        /** It was stored before, by an owner that was lost before it answered. */
        STORED_BEFORE,
        REMOVED,
        /** Nothing, since the key is absent and the map full. */
        FULL,
        /** Nothing, since the owner cannot run the function, or not send its result. */
        CANNOT,
        /** Nothing, since the function has thrown something. */
        FAILED
    }

    static OwnersAnswer kept(byte[] result) {
        return new OwnersAnswer(Kind.KEPT, null, TimesToLive.OF_MAP, result);
    }

    static OwnersAnswer stored(Stored next, long ttlNs, byte[] result) {
        return new OwnersAnswer(Kind.STORED, next, ttlNs, result);
    }

    static OwnersAnswer storedBefore(Stored present) {
        return new OwnersAnswer(Kind.STORED_BEFORE, present, TimesToLive.OF_MAP, null);
    }

    static OwnersAnswer removed(byte[] result) {
        return new OwnersAnswer(Kind.REMOVED, null, TimesToLive.OF_MAP, result);
    }

    static OwnersAnswer full() {
        return new OwnersAnswer(Kind.FULL, null, TimesToLive.OF_MAP, null);
    }

    static OwnersAnswer cannot(String reason) {
        return new OwnersAnswer(Kind.CANNOT, null, TimesToLive.OF_MAP, reason.getBytes(StandardCharsets.UTF_8));
    }

    static OwnersAnswer failed(byte[] failure) {
        return new OwnersAnswer(Kind.FAILED, null, TimesToLive.OF_MAP, failure);
    }

    boolean isStored() {
        return kind == Kind.STORED;
    }

    boolean isRemoved() {
        return kind == Kind.REMOVED;
    }

    boolean hasOwnTtl() {
        return ttlNs != TimesToLive.OF_MAP;
    }

    /** As it travels. */
    Stored write() {
        int nextLength = next == null ? 0 : next.bytes().length;
        int contentLength = content == null ? 0 : content.length;
        ByteBuffer bytes = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + nextLength + contentLength);
        bytes.put((byte) kind.ordinal()).putLong(ttlNs).putInt(nextLength);
        if (next != null) {
            bytes.put(next.bytes());
        }
        if (content != null) {
            bytes.put(content);
        }
        return new Stored(bytes.array());
    }

    static OwnersAnswer read(Stored stored) {
        ByteBuffer bytes = ByteBuffer.wrap(stored.bytes());
        Kind kind = Kind.values()[bytes.get()];
        long ttlNs = bytes.getLong();
        byte[] next = new byte[bytes.getInt()];
        bytes.get(next);
        byte[] content = new byte[bytes.remaining()];
        bytes.get(content);
        return new OwnersAnswer(
                kind, next.length > 0 ? new Stored(next) : null, ttlNs, content.length == 0 ? null : content);
    }
}

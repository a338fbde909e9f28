package io.penstock.bench.map;

import java.util.Locale;

/** What is measured, in the order in which that is done: what moves values about in memory comes last. */
enum MapOp {
    /** Puts new keys into an empty map. */
    FILL,
    GET,
    /** Looks up 100 keys at a time; counted in keys. */
    GET_ALL,
    /** Looks keys up that are not boxed. */
    VIEW,
    /** The same, with what can be fetched once for 256 of them. */
    VIEW_PASS,
    /** The same, 256 at a time. */
    VIEW_BATCH,
    /** Visits all entries; counted in entries. */
    SCAN,
    /** Puts values under present keys. */
    PUT,
    /** Puts 100 of them at a time; counted in entries. */
    PUT_ALL,
    /** Replaces a value by what a function makes of it, atomically. */
    UPDATE;

    String text() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether a writer may be at work meanwhile. */
    boolean isLookup() {
        return this == GET || this == GET_ALL || hasLongKeys();
    }

    boolean hasLongKeys() {
        return this == VIEW || this == VIEW_PASS || this == VIEW_BATCH;
    }
}

package io.penstock.grid.cluster.process;

import io.penstock.grid.MapRef;

/**
 * A value that tells whether it is whole, and whether it is the latest.
 *
 * @param key under which it stands
 * @param version above that of all values that this key had before
 * @param text some characters that are made of both
 * @param check made of all of them
 */
public record Tally(int key, long version, String text, long check) {

    static final MapRef<Integer, Tally> MAP = MapRef.of("tallies", Integer.class, Tally.class);

    private static final int TEXT_LENGTH_MAX = 120;
    private static final long ODD = 0x9E3779B97F4A7C15L;

    static Tally of(int key, long version) {
        String text = textOf(key, version);
        return new Tally(key, version, text, checkOf(key, version, text));
    }

    /** The one after a present one, or the first of its key. */
    static Tally next(int key, Tally before) {
        return of(key, before == null ? 1 : before.version + 1);
    }

    /** Whether all its parts belong together, and to a key. */
    boolean isWholeUnder(int wanted) {
        return key == wanted && text.equals(textOf(key, version)) && check == checkOf(key, version, text);
    }

    private static String textOf(int key, long version) {
        String digits = Long.toString(key * ODD ^ version, Character.MAX_RADIX) + '.';
        int length = (int) Math.floorMod(key + version * 7, (long) TEXT_LENGTH_MAX);
        return digits.repeat(length / digits.length() + 1).substring(0, length);
    }

    private static long checkOf(int key, long version, String text) {
        return (key * ODD + version) * ODD + text.hashCode();
    }
}

package io.penstock.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MixTest {

    /** The first outputs of the reference implementation for seed 0. */
    @Test
    void mixesAsSplitMix64() {
        assertEquals(0xE220A8397B1DCDAFL, Mix.mix(0));
        assertEquals(0x6E789E6AA1B965F4L, Mix.mix(1));
        assertEquals(0x06C45D188009454FL, Mix.mix(2));
    }

    @Test
    void unitIsFromZeroToBelowOne() {
        assertEquals(0, Mix.unit(0));
        assertEquals(0.5, Mix.unit(1L << 63));
        assertEquals(1 - 0x1p-53, Mix.unit(-1));
    }

    /** From the test vectors of FNV's authors. */
    @Test
    void hashesAsFnv1a() {
        assertEquals(0xcbf29ce484222325L, Mix.hash(""));
        assertEquals(0xaf63dc4c8601ec8cL, Mix.hash("a"));
        assertEquals(0x85944171f73967e8L, Mix.hash("foobar"));
    }

    @Test
    void checksumDoesNotDependOnTheOrderOfRows() {
        Checksum forth = new Checksum();
        forth.add(1_000, 5, 7);
        forth.add(2_000, 6, 8);
        Checksum back = new Checksum();
        back.add(2_000, 6, 8);
        back.add(1_000, 5, 7);

        assertEquals("360aab8dff652454", forth.answer().text());
        assertEquals(forth.answer(), back.answer());
    }

    @Test
    void textKeyCountsAsItsHash() {
        Checksum text = new Checksum();
        text.add(1_000, "foobar", 3);
        Checksum number = new Checksum();
        number.add(1_000, 0x85944171f73967e8L, 3);

        assertEquals(number.answer(), text.answer());
    }
}

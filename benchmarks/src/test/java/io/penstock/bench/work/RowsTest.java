package io.penstock.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RowsTest {

    @Test
    void addsUpTheCountsOfSeveralJobsAndForgetsThem() {
        Checksum right = new Checksum();
        right.add(1_000, "word", 5);
        right.add(2_000, 7, 1);

        Rows.add(1_000, "word", 2);
        Rows.add(2_000, 7, 1);
        Rows.add(1_000, "word", 3);

        assertEquals(right.answer(), Rows.takeCounts());
        assertEquals(new Checksum().answer(), Rows.takeCounts());
    }

    @Test
    void sumsCountAsTheBitsOfADouble() {
        Checksum right = new Checksum();
        right.add(0, 3, Double.doubleToRawLongBits(0.75));

        Rows.add(99, 3, 0.25);
        Rows.add(99, 3, 0.5);

        assertEquals(right.answer(), Rows.takeSums());
    }
}

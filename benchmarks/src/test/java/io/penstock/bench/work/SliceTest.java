package io.penstock.bench.work;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class SliceTest {

    @Test
    void cutsIntoSlicesOfNearlyTheSameSize() {
        assertEquals(List.of(new Slice(0, 4), new Slice(4, 7), new Slice(7, 10)), Slice.cut(10, 3));
    }

    @Test
    void someSlicesAreEmptyWhenThereAreFewerEvents() {
        assertEquals(List.of(new Slice(0, 1), new Slice(1, 1)), Slice.cut(1, 2));
    }
}

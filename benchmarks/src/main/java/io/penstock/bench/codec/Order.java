package io.penstock.bench.codec;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What is encoded: about 80 bytes of data. */
record Order(
        String id, String merchant, long amount, double risk, Side side, Instant at, List<String> tags, Card card) {

    enum Side {
        BUY,
        SELL
    }

    record Card(String bank, long number) {}

    static Order sample() {
        return new Order(
                "p-1234567", "merchant-77", 1_234_567, 0.25, Side.SELL, Instant.ofEpochMilli(1_700_000_000_123L),
                new ArrayList<>(List.of("a1", "b22", "c333")), new Card("bank-of-x", 4_000_123_412_341_234L));
    }
}

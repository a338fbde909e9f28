package io.penstock.bench.ask;

import static io.penstock.bench.work.Mix.mix;

import java.io.Serializable;

/** What is asked: may this card pay this amount at this merchant. */
record Payment(long id, int card, String merchantId, double amount, long atMs) implements Serializable {

    private static final int CARDS = 10_000;
    private static final int MERCHANTS = 1_000;
    private static final int CENTS_MAX = 50_000;
    private static final int PAYMENTS_PER_SECOND = 1_000;

    /** What a grid knows of a merchant. */
    record Merchant(String id, float risk) implements Serializable {

        static final int COUNT = MERCHANTS;

        static Merchant of(int number) {
            return new Merchant("m" + number, (mix(~number) >>> 40) * 0x1p-24f);
        }
    }

    /** The payment of an index, the same every time. */
    static Payment of(long index) {
        long hash = mix(index);
        return new Payment(
                index,
                (int) ((hash >>> 1) % CARDS),
                "m" + (hash >>> 20) % MERCHANTS,
                (hash >>> 40) % CENTS_MAX * 0.01,
                index * 1000 / PAYMENTS_PER_SECOND);
    }
}

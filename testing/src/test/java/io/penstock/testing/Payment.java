package io.penstock.testing;

import java.io.Serializable;

/** An event of the tests. */
record Payment(String id, String card, long atMs, double amount) implements Serializable {

    static Payment of(String id, String card, String at, double amount) {
        return new Payment(id, card, TestClock.parse(at), amount);
    }
}

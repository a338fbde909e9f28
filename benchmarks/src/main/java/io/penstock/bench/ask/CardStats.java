package io.penstock.bench.ask;

import java.io.Serializable;
import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/** The mean amount that a card has paid in the last hour. */
final class CardStats implements Serializable {

    private static final long serialVersionUID = 1L;

    private static final long WINDOW_MS = TimeUnit.HOURS.toMillis(1);
    private static final int PAYMENTS_MAX = 64;

    private final ArrayDeque<Payment> payments = new ArrayDeque<>();
    private double sum;

    /** Adds a payment, and returns the mean with it. */
    double add(Payment payment) {
        while (!payments.isEmpty()
                && (payments.size() == PAYMENTS_MAX || payments.peek().atMs() <= payment.atMs() - WINDOW_MS)) {
            sum -= payments.remove().amount();
        }
        payments.add(payment);
        sum += payment.amount();
        return sum / payments.size();
    }
}

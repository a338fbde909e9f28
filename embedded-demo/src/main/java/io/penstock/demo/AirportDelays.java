package io.penstock.demo;

import java.io.Serializable;

/** The delays of the last two hours at one airport: of the flights that left it, and of those that came to it. */
final class AirportDelays implements Serializable {

    private static final long serialVersionUID = 1L;

    /** A delay, seen from one of its flight's two airports. */
    record Touch(String airport, boolean isOrigin, long timeMs, int delayMinutes) implements Serializable {

        static Touch atOrigin(Outcome outcome) {
            return new Touch(outcome.origin(), true, outcome.timeMs(), outcome.delayMinutes());
        }

        static Touch atDestination(Outcome outcome) {
            return new Touch(outcome.destination(), false, outcome.timeMs(), outcome.delayMinutes());
        }
    }

    /** What the windows of an airport say at one time. */
    record Stats(DelayStats asOrigin, DelayStats asDestination) implements Serializable {}

    private final DelayWindow asOrigin = new DelayWindow();
    private final DelayWindow asDestination = new DelayWindow();

    void add(Touch touch) {
        (touch.isOrigin ? asOrigin : asDestination).add(touch.timeMs, touch.delayMinutes);
    }

    Stats at(long nowMs) {
        return new Stats(asOrigin.at(nowMs), asDestination.at(nowMs));
    }
}

package io.penstock.demo;

import java.io.Serializable;

/** What the outcomes of a window say; all 0 where there are none. */
record DelayStats(double meanMinutes, double lateShare, long count) implements Serializable {

    static final DelayStats NONE = new DelayStats(0, 0, 0);
}

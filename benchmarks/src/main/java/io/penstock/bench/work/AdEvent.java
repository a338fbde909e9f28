package io.penstock.bench.work;

import static io.penstock.bench.work.Mix.mix;

import java.io.Serializable;

/** The event of W2, as in the Yahoo streaming benchmark. */
public record AdEvent(long userId, long pageId, int adId, int adType, String eventType, long eventTime)
        implements Serializable {

    /** The event type that W2 keeps. */
    public static final String VIEW = "view";

    public static final int AD_COUNT = 1_000;
    public static final int CAMPAIGN_COUNT = 100;

    /** The size of W2's windows. */
    public static final long WINDOW_MS = 10_000;

    private static final int EVENTS_PER_MS = 1_000;
    private static final String[] EVENT_TYPES = {VIEW, "click", "purchase"};

    public static AdEvent of(long index) {
        long h = mix(index);
        return new AdEvent(
                h >>> 40,
                (h * 0xD1342543DE82EF95L) >>> 40,
                (int) ((h & 0x3FFFFFFF) % AD_COUNT),
                (int) (h >>> 30) & 7,
                EVENT_TYPES[(int) ((h >>> 33) % EVENT_TYPES.length)],
                index / EVENTS_PER_MS);
    }

    /** The reference data: to which campaign an ad belongs. */
    public static int campaignOf(int adId) {
        return adId * 7 % 1_000 / 10;
    }
}

package io.penstock.bench.hand;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.MadeAdEvents;
import java.util.ArrayList;
import java.util.List;

/** W2: campaigns in an array by ad, and an array of counts per slice and window. */
public final class AdCount implements Contender {

    private final Slices slices;
    private final int[] campaigns = new int[AdEvent.AD_COUNT];
    private List<List<long[]>> countsBySlice = List.of();

    private final boolean areObjects;

    /** @param areObjects whether the events are those that were made beforehand */
    public AdCount(int threadCount, boolean areObjects) {
        this.areObjects = areObjects;
        slices = new Slices(threadCount);
        for (int adId = 0; adId < campaigns.length; adId++) {
            campaigns[adId] = AdEvent.campaignOf(adId);
        }
    }

    @Override
    public void run(long count) throws Exception {
        countsBySlice = areObjects
                ? slices.run((first, stride) -> countViewsOfObjects(first, stride, count, campaigns))
                : slices.run((first, stride) -> countViews(first, stride, count, campaigns));
    }

    private static List<long[]> countViews(int first, int stride, long count, int[] campaigns) {
        List<long[]> windows = new ArrayList<>();
        long[] counts = new long[AdEvent.CAMPAIGN_COUNT];
        windows.add(counts);
        long windowEndMs = AdEvent.WINDOW_MS;
        for (long index = first; index < count; index += stride) {
            AdEvent event = AdEvent.of(index);
            while (event.eventTime() >= windowEndMs) {
                counts = new long[AdEvent.CAMPAIGN_COUNT];
                windows.add(counts);
                windowEndMs += AdEvent.WINDOW_MS;
            }
            if (event.eventType().equals(AdEvent.VIEW)) {
                counts[campaigns[event.adId()]]++;
            }
        }
        return windows;
    }

    /** The same loop again: in one that could do both, no event would stay out of the heap. */
    private static List<long[]> countViewsOfObjects(int first, int stride, long count, int[] campaigns) {
        List<long[]> windows = new ArrayList<>();
        long[] counts = new long[AdEvent.CAMPAIGN_COUNT];
        windows.add(counts);
        long windowEndMs = AdEvent.WINDOW_MS;
        for (long index = first; index < count; index += stride) {
            AdEvent event = MadeAdEvents.get(index);
            while (event.eventTime() >= windowEndMs) {
                counts = new long[AdEvent.CAMPAIGN_COUNT];
                windows.add(counts);
                windowEndMs += AdEvent.WINDOW_MS;
            }
            if (event.eventType().equals(AdEvent.VIEW)) {
                counts[campaigns[event.adId()]]++;
            }
        }
        return windows;
    }

    @Override
    public Answer takeAnswer() {
        Checksum checksum = new Checksum();
        int windowCount = countsBySlice.stream().mapToInt(List::size).max().orElse(0);
        for (int window = 0; window < windowCount; window++) {
            for (int campaign = 0; campaign < AdEvent.CAMPAIGN_COUNT; campaign++) {
                long views = views(window, campaign);
                if (views > 0) {
                    checksum.add((window + 1) * AdEvent.WINDOW_MS, campaign, views);
                }
            }
        }
        countsBySlice = List.of();
        return checksum.answer();
    }

    private long views(int window, int campaign) {
        long views = 0;
        for (List<long[]> windows : countsBySlice) {
            views += window < windows.size() ? windows.get(window)[campaign] : 0;
        }
        return views;
    }

    @Override
    public void close() {
        slices.close();
    }
}

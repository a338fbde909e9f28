package io.penstock.bench.penstock;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.bench.work.Slice;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.time.Duration;

/** W2. */
final class AdCountPipeline implements GridWork {

    private record AdView(int adId, long timeMs) implements Serializable {}

    private record CampaignView(int campaign, long timeMs) implements Serializable {}

    record CampaignAndWindow(int campaign, long windowEndMs) {}

    private static final MapRef<Integer, Integer> CAMPAIGNS = MapRef.of("campaigns", Integer.class, Integer.class);

    private final LongFunctionEx<AdEvent> eventFn;

    AdCountPipeline(LongFunctionEx<AdEvent> eventFn) {
        this.eventFn = eventFn;
    }

    static MapRef<CampaignAndWindow, Long> views(int job) {
        return GridWork.results("views", job, CampaignAndWindow.class, Long.class);
    }

    @Override
    public void load(Grid grid) {
        for (int adId = 0; adId < AdEvent.AD_COUNT; adId++) {
            rewrite(grid, adId);
        }
    }

    @Override
    public void rewrite(Grid grid, long index) {
        int adId = (int) (index % AdEvent.AD_COUNT);
        grid.map(CAMPAIGNS).put(adId, AdEvent.campaignOf(adId));
    }

    @Override
    public Pipeline pipeline(Slice slice, int job) {
        Pipeline p = Pipeline.create();
        p.readFrom(GridWork.source(slice, eventFn))
                .withTimestamps(AdEvent::eventTime, Duration.ZERO)
                .filter(event -> event.eventType().equals(AdEvent.VIEW))
                .map(event -> new AdView(event.adId(), event.eventTime()))
                .apply(Enrich.with(
                        CAMPAIGNS, view -> view.adId(), (view, campaign) -> new CampaignView(campaign, view.timeMs())))
                .groupingKey(view -> view.campaign())
                .window(WindowDefinition.tumbling(Duration.ofMillis(AdEvent.WINDOW_MS)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(
                        views(job),
                        result -> new CampaignAndWindow(result.key(), result.endMs()),
                        result -> result.result()));
        return p;
    }

    @Override
    public Answer takeAnswer(Grid grid, int jobCount) {
        Checksum checksum = new Checksum();
        GridWork.take(grid, jobCount, AdCountPipeline::views, Long::sum)
                .forEach((key, count) -> checksum.add(key.windowEndMs, key.campaign, count));
        return checksum.answer();
    }
}

package io.penstock.bench.penstock;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Checksum;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Sources;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.time.Duration;

/** W2. */
final class AdCountPipeline implements GridWork {

    private record AdView(int adId, long timeMs) implements Serializable {}

    private record CampaignView(int campaign, long timeMs) implements Serializable {}

    private record CampaignAndWindow(int campaign, long windowEndMs) {}

    private static final MapRef<Integer, Integer> CAMPAIGNS = MapRef.of("campaigns", Integer.class, Integer.class);
    private static final MapRef<CampaignAndWindow, Long> VIEWS =
            MapRef.of("views", CampaignAndWindow.class, Long.class);

    @Override
    public void load(Grid grid) {
        GridMap<Integer, Integer> campaigns = grid.map(CAMPAIGNS);
        for (int adId = 0; adId < AdEvent.AD_COUNT; adId++) {
            campaigns.put(adId, AdEvent.campaignOf(adId));
        }
    }

    @Override
    public Pipeline pipeline(long count) {
        Pipeline p = Pipeline.create();
        p.readFrom(Sources.generator(count, AdEvent::of))
                .withTimestamps(AdEvent::eventTime, Duration.ZERO)
                .filter(event -> event.eventType().equals(AdEvent.VIEW))
                .map(event -> new AdView(event.adId(), event.eventTime()))
                .apply(Enrich.with(
                        CAMPAIGNS, view -> view.adId(), (view, campaign) -> new CampaignView(campaign, view.timeMs())))
                .groupingKey(view -> view.campaign())
                .window(WindowDefinition.tumbling(Duration.ofMillis(AdEvent.WINDOW_MS)))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.map(
                        VIEWS,
                        result -> new CampaignAndWindow(result.key(), result.endMs()),
                        result -> result.result()));
        return p;
    }

    @Override
    public Answer takeAnswer(Grid grid) {
        GridMap<CampaignAndWindow, Long> views = grid.map(VIEWS);
        Checksum checksum = new Checksum();
        views.forEach((key, count) -> checksum.add(key.windowEndMs, key.campaign, count));
        views.clear();
        return checksum.answer();
    }
}

package io.penstock.bench.jet;

import static com.hazelcast.jet.aggregate.AggregateOperations.counting;
import static com.hazelcast.jet.pipeline.WindowDefinition.tumbling;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.pipeline.Pipeline;
import com.hazelcast.jet.pipeline.StreamStage;
import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Slice;
import java.util.Map;

/** W2. What flows is a boxed integer: the ad, then its campaign. Jet carries an event's time beside it. */
final class AdCountOnJet implements JetWork {

    private final LookUp lookUp;
    private final EventFn<AdEvent> eventFn;
    private final Results results;
    private Map<Integer, Integer> campaigns;

    AdCountOnJet(LookUp lookUp, EventFn<AdEvent> eventFn, Results results) {
        this.results = results;
        this.lookUp = lookUp;
        this.eventFn = eventFn;
    }

    @Override
    public void load(HazelcastInstance member) {
        lookUp.load(member, AdEvent.AD_COUNT, Long::intValue, AdEvent::campaignOf);
        campaigns = lookUp.map(member);
    }

    @Override
    public void rewrite(long index) {
        int adId = (int) (index % AdEvent.AD_COUNT);
        campaigns.put(adId, AdEvent.campaignOf(adId));
    }

    @Override
    public Pipeline pipeline(Slice slice) {
        Pipeline p = Pipeline.create();
        StreamStage<Integer> ads = p.readFrom(EventSource.<AdEvent>stream(slice, eventFn))
                .withTimestamps(AdEvent::eventTime, 0)
                .filter(event -> event.eventType().equals(AdEvent.VIEW))
                .map(AdEvent::adId);
        StreamStage<Integer> ofCampaigns = lookUp.stream(ads, ad -> ad, (Integer ad, Integer campaign) -> campaign);
        ofCampaigns.groupingKey(campaign -> campaign)
                .window(tumbling(AdEvent.WINDOW_MS))
                .aggregate(counting())
                .writeTo(results.sink(result -> result.end(), result -> result.key(), result -> result.result()));
        return p;
    }

    @Override
    public Answer takeAnswer() {
        results.collect();
        return Rows.takeCounts();
    }
}

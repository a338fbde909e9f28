package io.penstock.bench.flink;

import io.penstock.bench.work.AdEvent;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.EventFn;
import io.penstock.bench.work.Rows;
import io.penstock.bench.work.Slice;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeHint;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** W2. What flows is a boxed integer: the ad, then its campaign. Flink carries an event's time beside it. */
final class AdCountOnFlink implements FlinkWork {

    private static final TypeInformation<Row<Integer>> ROWS = TypeInformation.of(new TypeHint<Row<Integer>>() {});
    private static final Map<Integer, Integer> CAMPAIGNS = campaigns();

    private final EventFn<AdEvent> eventFn;

    AdCountOnFlink(EventFn<AdEvent> eventFn) {
        this.eventFn = eventFn;
    }

    private static Map<Integer, Integer> campaigns() {
        Map<Integer, Integer> campaigns = new HashMap<>();
        for (int adId = 0; adId < AdEvent.AD_COUNT; adId++) {
            campaigns.put(adId, AdEvent.campaignOf(adId));
        }
        return campaigns;
    }

    @Override
    public void build(StreamExecutionEnvironment environment, Slice slice) {
        DataStream<AdEvent> events = environment.fromSource(
                EventSource.of(slice, environment.getParallelism(), eventFn, AdEvent.class, FlinkWork.unlimited()),
                WatermarkStrategy.<AdEvent>forMonotonousTimestamps()
                        .withTimestampAssigner((event, ignored) -> event.eventTime()),
                "events");
        events.filter(event -> event.eventType().equals(AdEvent.VIEW))
                .map(AdEvent::adId)
                .returns(Types.INT)
                .map(ad -> CAMPAIGNS.get(ad))
                .returns(Types.INT)
                .keyBy(campaign -> campaign)
                .window(FlinkWork.tumbling(AdEvent.WINDOW_MS))
                .aggregate(new Counting<>(), new WithWindow<>(), Types.LONG, Types.LONG, ROWS)
                .sinkTo(new RowSink<>(row -> Rows.add(row.windowEndMs(), row.key(), row.value())));
    }

    @Override
    public Answer takeAnswer() {
        return Rows.takeCounts();
    }
}

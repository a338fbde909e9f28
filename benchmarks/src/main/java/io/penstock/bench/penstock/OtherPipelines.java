package io.penstock.bench.penstock;

import io.penstock.bench.work.Mix;
import io.penstock.dag.AggregateOperations;
import io.penstock.dag.Job;
import io.penstock.dag.Jobs;
import io.penstock.dag.LongFunctionEx;
import io.penstock.dag.Pipeline;
import io.penstock.dag.Sinks;
import io.penstock.dag.Source;
import io.penstock.dag.Sources;
import io.penstock.dag.Stage;
import io.penstock.dag.Traverser;
import io.penstock.dag.WindowDefinition;
import io.penstock.enrich.Enrich;
import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;

/**
 * Ten pipelines that have nothing to do with the workloads but the operators: other events, other functions, other keys.
 * After them the compiler has seen each call in an operator go to many places, as it has in a service that runs for long.
 */
final class OtherPipelines {

    private record Reading(long sensor, double celsius, long timeMs) implements Serializable {
        private static Reading of(long index) {
            long h = Mix.mix(index);
            return new Reading(h & 0xFF, (h >>> 50) * 0.01, index / 200);
        }
    }

    private record Order(String customer, int amount, long timeMs) implements Serializable {
        private static Order of(long index) {
            long h = Mix.mix(~index);
            return new Order("c" + (h & 0x1FF), (int) (h >>> 54), index / 300);
        }
    }

    private record Priced(Order order, long price) implements Serializable {}

    private static final MapRef<String, Long> PRICES = MapRef.of("other-prices", String.class, Long.class);
    private static final MapRef<Long, String> SENSORS = MapRef.of("other-sensors", Long.class, String.class);
    private static final long EVENTS = 1_000_000;
    private static final Duration SECOND = Duration.ofSeconds(1);

    private OtherPipelines() {}

    /** Runs all of them, one after the other. */
    static void run(Grid grid, Jobs jobs) throws InterruptedException {
        for (long i = 0; i < 512; i++) {
            grid.map(PRICES).put("c" + i, i);
            grid.map(SENSORS).put(i, "room " + i % 10);
        }
        for (Pipeline pipeline : all()) {
            Job job = jobs.submit(pipeline);
            job.join();
        }
        grid.map(PRICES).clear();
        grid.map(SENSORS).clear();
    }

    static List<Pipeline> all() {
        return List.of(
                hotReadings(), readingsBySensor(), readingsByRoom(), averages(), numbers(), ordersByCustomer(),
                pricedOrders(), digits(), longChain(), runningTotals());
    }

    private static Pipeline hotReadings() {
        Pipeline p = Pipeline.create();
        readings(p).filter(reading -> reading.celsius > 100).writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline readingsBySensor() {
        Pipeline p = Pipeline.create();
        readings(p)
                .filter(reading -> reading.sensor % 3 != 0)
                .map(reading -> new Reading(reading.sensor / 2, reading.celsius + 1, reading.timeMs))
                .groupingKey(reading -> reading.sensor)
                .window(WindowDefinition.tumbling(SECOND))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline readingsByRoom() {
        Pipeline p = Pipeline.create();
        readings(p)
                .apply(Enrich.with(SENSORS, reading -> reading.sensor, (reading, room) -> room))
                .groupingKey(room -> room)
                .window(WindowDefinition.tumbling(SECOND))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline averages() {
        Pipeline p = Pipeline.create();
        readings(p)
                .groupingKey(reading -> (int) (reading.sensor & 7))
                .window(WindowDefinition.tumbling(Duration.ofMillis(500)))
                .aggregate(AggregateOperations.averagingDouble(reading -> reading.celsius))
                .writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline numbers() {
        Pipeline p = Pipeline.create();
        p.readFrom(generator(index -> index))
                .map(number -> number * 31)
                .filter(number -> (number & 4) == 0)
                .map(number -> "n" + (number & 0xFF))
                .writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline ordersByCustomer() {
        Pipeline p = Pipeline.create();
        orders(p)
                .groupingKey(order -> order.customer)
                .window(WindowDefinition.tumbling(SECOND))
                .aggregate(AggregateOperations.summingLong(order -> order.amount))
                .writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline pricedOrders() {
        Pipeline p = Pipeline.create();
        orders(p)
                .filter(order -> order.amount > 10)
                .apply(Enrich.with(PRICES, order -> order.customer, Priced::new))
                .map(priced -> priced.price * priced.order.amount)
                .writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline digits() {
        Pipeline p = Pipeline.create();
        orders(p)
                .flatMap(order -> digits(order.amount))
                .groupingKey(digit -> digit)
                .window(WindowDefinition.tumbling(SECOND))
                .aggregate(AggregateOperations.counting())
                .writeTo(Sinks.noop());
        return p;
    }

    private static Traverser<Integer> digits(int number) {
        return new Traverser<>() {
            private int rest = number;

            @Override
            public Integer next() {
                int digit = rest % 10;
                boolean isEnd = rest == 0;
                rest /= 10;
                return isEnd ? null : Integer.valueOf(digit);
            }
        };
    }

    private static Pipeline longChain() {
        Pipeline p = Pipeline.create();
        Stage<Long> stage = p.readFrom(generator(index -> index));
        for (int i = 0; i < 8; i++) {
            int shift = i;
            stage = stage.map(number -> number + (number >>> shift)).filter(number -> number != shift);
        }
        stage.writeTo(Sinks.noop());
        return p;
    }

    private static Pipeline runningTotals() {
        Pipeline p = Pipeline.create();
        orders(p)
                .groupingKey(order -> order.customer)
                .<long[], Long>mapStateful(Duration.ofMinutes(1), () -> new long[1], (total, key, order) -> total[0] += order.amount)
                .writeTo(Sinks.noop());
        return p;
    }

    private static Stage<Reading> readings(Pipeline p) {
        return p.readFrom(generator(Reading::of)).withTimestamps(reading -> reading.timeMs, Duration.ZERO);
    }

    private static Stage<Order> orders(Pipeline p) {
        return p.readFrom(generator(Order::of)).withTimestamps(order -> order.timeMs, Duration.ZERO);
    }

    private static <T> Source<T> generator(LongFunctionEx<T> eventFn) {
        return Sources.generator(EVENTS, eventFn);
    }
}

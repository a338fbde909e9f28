package io.penstock.testing;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Random;

/** What the instances of a source are still to send. */
final class Script {

    /** An item that is sent as it is. */
    record Event(Object event) {}

    record Watermark(long timeMs) {}

    record End() {}

    private final String source;
    private final OptionalLong lagMs;
    private final Random random;
    private final List<Queue<Object>> instances = new ArrayList<>();
    private long watermarkMs = Long.MIN_VALUE;

    /**
     * Nothing to send yet.
     *
     * @param lagMs the largest lag that a stage behind the source allows, or empty if none goes by time
     */
    Script(String source, int instanceCount, OptionalLong lagMs, Random random) {
        this.source = source;
        this.lagMs = lagMs;
        this.random = random;
        for (int i = 0; i < instanceCount; i++) {
            instances.add(new ArrayDeque<>());
        }
    }

    String source() {
        return source;
    }

    Random random() {
        return random;
    }

    Queue<Object> ofInstance(int instance) {
        return instances.get(instance);
    }

    /** Sends an event through any instance. */
    void send(Object event) {
        instances.get(instances.size() == 1 ? 0 : random.nextInt(instances.size())).add(new Event(event));
    }

    /** Says that no event before that time will come. */
    void advanceTo(long timeMs) {
        if (lagMs.isPresent() && timeMs > watermarkMs) {
            watermarkMs = timeMs;
            instances.forEach(items -> items.add(new Watermark(timeMs)));
        }
    }

    /** Goes on as far as an event of that time would move the watermark. */
    void passTo(long timeMs) {
        lagMs.ifPresent(lag -> {
            if (timeMs > Long.MIN_VALUE + lag) {
                advanceTo(timeMs - lag);
            }
        });
    }

    void end() {
        instances.forEach(items -> items.add(new End()));
    }
}

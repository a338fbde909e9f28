package io.penstock.dag.engine;

import io.penstock.dag.Source;
import io.penstock.dag.TestSources;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A source that a test feeds by hand, each instance by itself, from any thread. One at a time in each JVM. */
final class Hand {

    private static final List<Feed> FEEDS = new ArrayList<>();

    private static final class Feed {
        private final Queue<Object> events = new ConcurrentLinkedQueue<>();
        private volatile Runnable wakeUp = () -> {};
        private volatile boolean ended;
    }

    private Hand() {}

    /** A source with so many instances, of which none has anything yet. */
    static Source<Long> source(int instances) {
        FEEDS.clear();
        for (int i = 0; i < instances; i++) {
            FEEDS.add(new Feed());
        }
        return TestSources.of("hand", instances, FedSource::new);
    }

    static void send(int instance, long event) {
        Feed feed = FEEDS.get(instance);
        feed.events.add(event);
        feed.wakeUp.run();
    }

    static void end() {
        for (Feed feed : FEEDS) {
            feed.ended = true;
            feed.wakeUp.run();
        }
    }

    private static final class FedSource implements SourceOperator {
        private Feed feed;

        @Override
        public void open(OperatorContext context) {
            feed = FEEDS.get(context.instance());
            feed.wakeUp = context.wakeUp();
        }

        @Override
        public boolean fill(Output output) {
            boolean isEnd = feed.ended; // what came before the end is sent before it
            for (int rows = 0; rows < Batch.CAPACITY && !feed.events.isEmpty(); rows++) {
                output.emit(Batch.NO_TIME, feed.events.remove());
            }
            return !isEnd || !feed.events.isEmpty();
        }

        @Override
        public long restNs() {
            return Long.MAX_VALUE;
        }
    }
}

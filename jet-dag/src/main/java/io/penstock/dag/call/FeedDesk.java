package io.penstock.dag.call;

import io.penstock.dag.Feed;
import io.penstock.dag.operator.Batch;
import io.penstock.dag.operator.Operator;
import io.penstock.dag.operator.OperatorContext;
import io.penstock.dag.operator.Output;
import io.penstock.dag.operator.SourceOperator;
import java.util.Objects;

/** A feed of a job, and the source that it leads to. */
final class FeedDesk<T> implements Feed<T> {

    private final String name;
    private final Class<?> type;
    private final Inbox<T> inbox;

    FeedDesk(String name, Class<?> type, int capacity) {
        this.name = name;
        this.type = type;
        inbox = new Inbox<>(capacity);
    }

    @Override
    public String name() {
        return name;
    }

    /** @param wanted null for any */
    void checkTakes(Class<?> wanted) {
        if (wanted != null && wanted != type) {
            throw new IllegalArgumentException(
                    "feed '" + name + "' takes " + type.getName() + ", not " + wanted.getName());
        }
    }

    @Override
    public boolean offer(T event) {
        Objects.requireNonNull(event, "event");
        if (!type.isInstance(event)) {
            throw new IllegalArgumentException("feed '" + name + "' takes " + type.getName() + ", but was offered a "
                    + event.getClass().getName());
        }
        if (inbox.isEnded() || !inbox.isOpen()) {
            throw new IllegalStateException("feed '" + name + "' takes no events: "
                    + (inbox.isEnded() ? "it was closed" : "its job has ended; see job.completion()"));
        }
        return inbox.offer(event);
    }

    @Override
    public void close() {
        inbox.end();
    }

    Operator newSource() {
        return new SourceOperator() {
            @Override
            public void open(OperatorContext context) {
                inbox.open(context.wakeUp());
            }

            @Override
            public boolean fill(Output output) {
                if (inbox.isDrained()) {
                    return false;
                }
                T event = null;
                for (int rows = 0; rows < Batch.CAPACITY && (event = inbox.poll()) != null; rows++) {
                    output.emit(Batch.NO_TIME, event);
                }
                return true;
            }

            @Override
            public long restNs() {
                return Long.MAX_VALUE; // whoever offers wakes
            }

            @Override
            public void close() {
                inbox.close();
            }
        };
    }
}

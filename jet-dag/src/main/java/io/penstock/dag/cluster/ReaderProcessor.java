package io.penstock.dag.cluster;

import com.hazelcast.jet.core.Inbox;

/**
 * Drives a tree that reads what others send. An item stays in Jet's inbox until all that follows from it is done: so
 * where Jet takes a snapshot, nothing is begun but what time calls for.
 */
final class ReaderProcessor extends TreeProcessor {

    private enum State {
        READ,
        END,
        DRAIN,
        ENDED
    }

    private final TreePart part;
    private final Senders senders;
    private State state = State.READ;
    private boolean received;
    /** The item whose signal was taken. */
    private Object taken;

    ReaderProcessor(TreePart part) {
        super(part);
        this.part = part;
        senders = part.senders();
    }

    @Override
    public boolean tryProcess() {
        return call(() -> {
            boolean isIdle = !received;
            received = false;
            if (taken != null) {
                return true; // it is in the inbox, and is to be finished first
            }
            if (state == State.ENDED) {
                part.execution().mayEnd(); // which is how the others learn of it, and let Jet end the inputs
                return true;
            }
            if (state == State.READ && !doTimely()) {
                return false;
            }
            if (isIdle && state == State.READ) {
                tree.flushCollected();
            }
            goOnToEnd();
            return true;
        });
    }

    @Override
    public void process(int ordinal, Inbox inbox) {
        call(() -> {
            received = true;
            for (Object item = inbox.peek(); item != null; item = inbox.peek()) {
                if (!accept(ordinal, item)) {
                    break;
                }
                taken = null;
                inbox.remove();
                if (isTimeUp()) {
                    break;
                }
            }
            return true;
        });
    }

    private boolean accept(int ordinal, Object item) {
        if (item instanceof Rows rows) {
            if (taken != item) {
                senders.take(ordinal, rows);
                taken = item;
            }
            return senders.times().tell() && tree.accept(ordinal, rows.batch());
        }
        if (taken != item) {
            senders.take(ordinal, (TimeSignal) item);
            taken = item;
        }
        return senders.times().tell();
    }

    /** Jet has nothing more for the processor, and calls it until it has ended. */
    @Override
    public boolean complete() {
        return call(() -> {
            if (state == State.READ && !senders.times().haveAllEnded()) {
                throw new IllegalStateException("Jet ended the inputs of a stage before all senders had said so");
            }
            if (state != State.READ || doTimely()) {
                goOnToEnd();
            }
            return state == State.ENDED && closed();
        });
    }

    /** When no sender will send anything, ends the tree. */
    private boolean goOnToEnd() {
        if (state == State.READ && senders.times().haveAllEnded() && senders.times().tell()) {
            state = State.END;
        }
        if (state == State.END && tree.acceptEnd()) {
            state = State.DRAIN;
        }
        if (state == State.DRAIN && tree.flushCollected()) {
            state = State.ENDED;
            part.execution().ended();
        }
        return state == State.READ || state == State.ENDED;
    }

    /** The sources end. */
    @Override
    void nothingLeft() {}

    @Override
    boolean finishBegun() {
        return goOnToEnd();
    }
}

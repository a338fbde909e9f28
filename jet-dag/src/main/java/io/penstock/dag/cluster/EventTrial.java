package io.penstock.dag.cluster;

import io.penstock.dag.operator.StageException;
import io.penstock.dag.wire.EventForms;
import io.penstock.dag.wire.EventWriter;
import io.penstock.grid.GridException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tries whether events can travel from member to member when the first of a class is about to be sent: on one member
 * none does, and a job that works there is to work on several, too. Thread-safe; one for all of an execution.
 */
final class EventTrial {

    private final EventForms forms = new EventForms();
    private final Set<Class<?>> tried = ConcurrentHashMap.newKeySet();

    /**
     * Tries the first event of each class.
     *
     * @param stage the user's stage that sends it
     * @throws StageException if it cannot travel
     */
    void check(String stage, Object event) {
        if (!tried.contains(event.getClass())) {
            check(stage, event, forms.writer());
            tried.add(event.getClass());
        }
    }

    private void check(String stage, Object event, EventWriter writer) {
        try {
            writer.events(new Object[] {event}, 1, () -> "an event");
            forms.done(writer);
        } catch (GridException e) {
            throw new StageException(stage, "what it sends cannot travel to another member: " + e.getMessage(), e);
        }
    }
}

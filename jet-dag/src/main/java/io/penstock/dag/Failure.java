package io.penstock.dag;

import java.io.Serializable;

/**
 * An event that a stage could not handle, and why: the one form of what late events, misses, failed functions and bad
 * rows leave behind in a side output.
 *
 * <p>{@link #toString()} shows the event's type and a hash of its key, never their content.
 *
 * @param stage the name of the stage
 * @param event the event as the stage received it
 * @param key the event's key, or null if the stage has none
 * @param reason what went wrong, in words, without the event's content
 * @param cause the exception, or null if there was none
 * @param attempt how many times the event was tried, from 1
 */
public record Failure<T>(String stage, T event, Object key, String reason, Throwable cause, int attempt)
        implements Serializable {

    @Override
    public String toString() {
        return "stage '" + stage + "', " + describe(event, key) + ": " + reason
                + (attempt > 1 ? " (attempt " + attempt + ")" : "");
    }

    /** An event's type and a hash of its key, which is all of it that may stand in a log. */
    public static String describe(Object event, Object key) {
        String type = event == null ? "no event" : "event of type " + event.getClass().getSimpleName();
        return key == null ? type : type + ", key #" + Integer.toHexString(key.hashCode());
    }
}

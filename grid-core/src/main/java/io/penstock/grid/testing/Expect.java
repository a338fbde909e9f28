package io.penstock.grid.testing;

import io.penstock.grid.GridException;
import java.util.List;
import java.util.Objects;

/** Compares what a check found with what it expected. */
final class Expect {

    /** Something that is expected to fail. */
    interface Action {
        void run() throws Exception;
    }

    private Expect() {}

    static void equal(Object expected, Object found) {
        equal(expected, found, "");
    }

    static void equal(Object expected, Object found, String claim) {
        if (!Objects.equals(expected, found)) {
            String what = claim.isEmpty() ? "" : claim + ": ";
            throw new AssertionError(what + "expected " + text(expected) + ", but found " + text(found));
        }
    }

    static void differ(Object one, Object other) {
        if (Objects.equals(one, other)) {
            throw new AssertionError("expected something else than " + text(one));
        }
    }

    static void count(long expected, long found) {
        equal(expected, found);
    }

    static void isNull(Object found) {
        equal(null, found);
    }

    static void holds(boolean claim) {
        equal(true, claim);
    }

    static void holds(boolean holds, String claim) {
        equal(true, holds, claim);
    }

    static void holdsNot(boolean claim) {
        equal(false, claim);
    }

    /** Runs what must throw, and returns what it threw. */
    static <T extends Throwable> T thrown(Class<T> type, Action action) {
        return thrown(type, action, "");
    }

    static <T extends Throwable> T thrown(Class<T> type, Action action, String claim) {
        try {
            action.run();
        } catch (Throwable e) {
            if (type.isInstance(e)) {
                return type.cast(e);
            }
            throw new AssertionError(claim + ": expected a " + type.getSimpleName() + ", but found " + e, e);
        }
        throw new AssertionError(claim + ": expected a " + type.getSimpleName() + ", but nothing was thrown");
    }

    /** Runs what must be refused with a code, in a message that holds what its reader needs. */
    static GridException refused(GridException.Code code, Action action, String... told) {
        GridException refusal = thrown(GridException.class, action, "a refusal with " + code);
        isRefusal(code, refusal, told);
        return refusal;
    }

    /** Runs what must all be refused alike. */
    static void allRefused(GridException.Code code, List<Action> actions, String... told) {
        for (int i = 0; i < actions.size(); i++) {
            String claim = "use " + i + " of " + actions.size() + " is refused with " + code;
            isRefusal(code, thrown(GridException.class, actions.get(i), claim), told);
        }
    }

    static void isRefusal(GridException.Code code, GridException refusal, String... told) {
        equal(code, refusal.code(), refusal.getMessage());
        for (String part : told) {
            holds(refusal.getMessage().contains(part), "'" + part + "' in the message: " + refusal.getMessage());
        }
    }

    private static String text(Object value) {
        return value == null ? "null" : value + " (" + value.getClass().getSimpleName() + ")";
    }
}

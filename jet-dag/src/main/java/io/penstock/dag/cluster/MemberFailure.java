package io.penstock.dag.cluster;

import com.hazelcast.jet.JetException;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.plan.PlanException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a job failed on a member, in words alone: other members and clients may not know the class of an exception, and
 * would then wait forever for an answer that they cannot read. So its causes stand for those of the failure: they have
 * their stack traces and the names of their classes, but not what they say, which may be an event's content and would
 * be in the members' logs.
 *
 * <p>A client, and whoever asks later, gets nothing but the text of this, in which it is found again.
 */
class MemberFailure extends JetException {

    private static final long serialVersionUID = 1L;

    private static final Pattern IN_TEXT =
            Pattern.compile(Pattern.quote(MemberFailure.class.getName()) + "(\\$AtStart)?(?:: |, Message: )"
                    + "(.*?)(?:\\n\\tat |\\r?\\nCaused by: |$)", Pattern.DOTALL);
    private static final Pattern STAGE = Pattern.compile("^stage '(.*?)': ");

    private static final int CAUSES_MAX = 16;

    /** Stands for an exception of any class. */
    private static final class Cause extends JetException {

        private static final long serialVersionUID = 1L;

        private Cause(Throwable original, Cause cause) {
            super(original.getClass().getName(), cause);
            setStackTrace(original.getStackTrace());
        }

        private static Cause of(Throwable original, int causesMax) {
            return original == null || causesMax == 0
                    ? null
                    : new Cause(original, of(original.getCause(), causesMax - 1));
        }

        @Override
        public String toString() {
            return getMessage();
        }
    }

    /** The job had not begun to run. */
    private static final class AtStart extends MemberFailure {

        private static final long serialVersionUID = 1L;

        private AtStart(String message, Throwable cause) {
            super(message, cause);
        }
    }

    private MemberFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /**
     * What a failure is to others.
     *
     * @param stage the stage that was called, if the failure does not say; null for none
     * @param isAtStart whether the job has not begun to run
     */
    static MemberFailure of(Throwable failure, String stage, String member, boolean isAtStart) {
        String message = failure instanceof StageException || failure instanceof PlanException
                ? failure.getMessage()
                : (stage == null ? "" : "stage '" + stage + "': ") + failure;
        Throwable first = failure instanceof StageException && failure.getCause() != null ? failure.getCause() : failure;
        return made(message + " (on member " + member + ")", Cause.of(first, CAUSES_MAX), isAtStart);
    }

    private static MemberFailure made(String message, Throwable cause, boolean isAtStart) {
        return isAtStart ? new AtStart(message, cause) : new MemberFailure(message, cause);
    }

    /** The first that is among the causes of a failure or in its text, or null. */
    static MemberFailure in(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof MemberFailure found) {
                return found;
            }
        }
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            Matcher found = IN_TEXT.matcher(String.valueOf(cause.getMessage()));
            if (found.find()) {
                return made(found.group(2), null, found.group(1) != null);
            }
        }
        return null;
    }

    /** The stage that failed, or null if it was none. */
    String stage() {
        Matcher stage = STAGE.matcher(getMessage());
        return stage.find() ? stage.group(1) : null;
    }

    /** Whether the job had not begun to run. */
    boolean isAtStart() {
        return this instanceof AtStart;
    }
}

package io.penstock.dag.cluster;

import com.hazelcast.jet.JetException;
import io.penstock.dag.operator.StageException;
import io.penstock.dag.plan.PlanException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a job failed on a member, in words alone: other members and clients may not know the class of an exception, and
 * would then wait forever for an answer that they cannot read. Has no cause; stack traces are in {@link #details()}.
 *
 * <p>Whoever asks later gets nothing but the text of this, in which it is found again.
 */
class MemberFailure extends JetException {

    private static final long serialVersionUID = 1L;

    private static final Pattern IN_TEXT =
            Pattern.compile(Pattern.quote(MemberFailure.class.getName()) + "(\\$AtStart)?(?:: |, Message: )"
                    + "(.*?)(?:\\n\\tat |\\r?\\nCaused by: |$)", Pattern.DOTALL);
    private static final Pattern STAGE = Pattern.compile("^stage '(.*?)': ");

    private final String details;

    /** The job had not begun to run. */
    private static final class AtStart extends MemberFailure {

        private static final long serialVersionUID = 1L;

        private AtStart(String message, String details) {
            super(message, details);
        }
    }

    private MemberFailure(String message, String details) {
        super(message);
        this.details = details;
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
        StringWriter details = new StringWriter();
        failure.printStackTrace(new PrintWriter(details, true));
        return made(message + " (on member " + member + ")", details.toString(), isAtStart);
    }

    private static MemberFailure made(String message, String details, boolean isAtStart) {
        return isAtStart ? new AtStart(message, details) : new MemberFailure(message, details);
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
                return made(found.group(2), cause.getMessage(), found.group(1) != null);
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

    /** The stack traces on the member. */
    String details() {
        return details;
    }
}

package io.penstock.dag.plan;

import io.penstock.dag.Guarantee;
import io.penstock.dag.operator.RowForm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A plan on its way to the members of a cluster, which plan again and come to the same. Functions travel by Java
 * serialization, compiled code never does.
 *
 * @param logical the stages and their functions
 * @param mapSizes how many entries the maps had that the stages look up, by name, when the job was submitted
 * @param copiedEntriesMax the most entries of a map that is copied to every member for look-ups
 * @param fingerprint what must be the same everywhere
 */
public record PlanMessage(
        LogicalPlan logical, Map<String, Long> mapSizes, boolean isInterpreted, long copiedEntriesMax,
        Guarantee guarantee, PlanFingerprint fingerprint) {

    /** The longest message, in bytes: every member keeps it. */
    private static final int BYTES_MAX = 64 << 20;

    private static final int FORMAT = 1;

    public PlanMessage {
        mapSizes = Map.copyOf(mapSizes);
    }

    /**
     * The message about a plan, made where the job is submitted.
     *
     * @param sizes asked once for each map that a stage looks up
     */
    public static PlanMessage of(
            LogicalPlan logical, MapSizes sizes, boolean isInterpreted, long copiedEntriesMax, Guarantee guarantee) {
        Map<String, Long> counts = new TreeMap<>();
        for (StageNode stage : logical.stages()) {
            if (stage.spec().rowForm() instanceof RowForm.LookedUp lookUp) {
                counts.computeIfAbsent(lookUp.ref().name(), name -> sizes.entryCount(lookUp.ref()));
            }
        }
        Plan plan = plan(logical, counts, copiedEntriesMax);
        return new PlanMessage(
                logical, counts, isInterpreted, copiedEntriesMax, guarantee, PlanFingerprint.of(logical, plan));
    }

    private static Plan plan(LogicalPlan logical, Map<String, Long> mapSizes, long copiedEntriesMax) {
        return Planner.forCluster(
                logical, ref -> mapSizes.getOrDefault(ref.name(), MapSizes.UNKNOWN), copiedEntriesMax);
    }

    /** The plan, the same on every member; {@link Plan#on} fixes the number of workers. */
    public Plan plan() {
        return plan(logical, mapSizes, copiedEntriesMax);
    }

    /**
     * The message in bytes.
     *
     * @throws IllegalArgumentException if a stage cannot be serialized, or holds too much
     */
    public byte[] toBytes() {
        return toBytes(BYTES_MAX);
    }

    byte[] toBytes(int bytesMax) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream head = new DataOutputStream(bytes); PlanOutput body = writeHead(head, bytes)) {
            body.writePlan(logical);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.size() > bytesMax) {
            throw new IllegalArgumentException("the pipeline's functions hold " + bytes.size() + " bytes of data, more"
                    + " than " + bytesMax + "; put the data into a map, and look it up");
        }
        return bytes.toByteArray();
    }

    private PlanOutput writeHead(DataOutputStream head, ByteArrayOutputStream bytes) throws IOException {
        head.writeInt(FORMAT);
        head.writeUTF(fingerprint.planDigest());
        head.writeInt(fingerprint.classDigests().size());
        for (Map.Entry<String, String> digest : fingerprint.classDigests().entrySet()) {
            head.writeUTF(digest.getKey());
            head.writeUTF(digest.getValue());
        }
        head.writeBoolean(isInterpreted);
        head.writeLong(copiedEntriesMax);
        head.writeUTF(guarantee.name());
        head.writeInt(mapSizes.size());
        for (Map.Entry<String, Long> size : mapSizes.entrySet()) {
            head.writeUTF(size.getKey());
            head.writeLong(size.getValue());
        }
        return new PlanOutput(bytes);
    }

    /**
     * Reads a message on a member. What is returned can run here: the plan that this member makes, and the class files
     * of the user's, are those of where the job was submitted.
     *
     * @param loader has the user's classes
     * @throws PlanException if a class is missing or another build, or anything else cannot be read; the message names
     *     it, the stage if it is one alone, and the way out
     */
    public static PlanMessage read(byte[] bytes, ClassLoader loader) {
        DataInputStream head = new DataInputStream(new ByteArrayInputStream(bytes));
        try {
            int format = head.readInt();
            if (format != FORMAT) {
                throw new PlanException(null, "the plan was sent in format " + format + ", but this member reads"
                        + " format " + FORMAT + "; run the same version of Penstock on all members and where jobs are"
                        + " submitted", null);
            }
            PlanFingerprint fingerprint = readFingerprint(head);
            boolean isInterpreted = head.readBoolean();
            long copiedEntriesMax = head.readLong();
            Guarantee guarantee = Guarantee.valueOf(head.readUTF());
            Map<String, Long> mapSizes = new TreeMap<>();
            for (int left = head.readInt(); left > 0; left--) {
                mapSizes.put(head.readUTF(), head.readLong());
            }
            LogicalPlan logical = readPlan(head, fingerprint, loader);
            PlanMessage message = new PlanMessage(
                    logical, mapSizes, isInterpreted, copiedEntriesMax, guarantee, fingerprint);
            message.check(loader);
            return message;
        } catch (IOException | IllegalArgumentException e) {
            throw new PlanException(null, "the plan cannot be read: " + e, e);
        }
    }

    private static PlanFingerprint readFingerprint(DataInputStream head) throws IOException {
        String planDigest = head.readUTF();
        SortedMap<String, String> classDigests = new TreeMap<>();
        for (int left = head.readInt(); left > 0; left--) {
            classDigests.put(head.readUTF(), head.readUTF());
        }
        return new PlanFingerprint(planDigest, classDigests);
    }

    private static LogicalPlan readPlan(DataInputStream body, PlanFingerprint fingerprint, ClassLoader loader)
            throws IOException {
        try (PlanInput in = new PlanInput(body, loader)) {
            try {
                return in.readPlan();
            } catch (IOException | ClassNotFoundException | RuntimeException | LinkageError e) {
                throw new PlanException(in.stage(), reason(e, fingerprint, loader), e);
            }
        }
    }

    /** Why a plan cannot be read: most often a class is missing, or is another build, which has other lambdas. */
    private static String reason(Throwable failure, PlanFingerprint fingerprint, ClassLoader loader) {
        String missing = missingClass(failure);
        if (missing != null) {
            return PlanFingerprint.missing(missing);
        }
        String difference = fingerprint.differenceOfClasses(loader);
        return difference != null ? difference : "cannot be read: " + failure;
    }

    private static String missingClass(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String about = cause.getMessage();
            if (cause instanceof TypeNotPresentException type) {
                return type.typeName();
            }
            if (cause instanceof ClassNotFoundException && about != null) {
                return about.split("\\.? ", 2)[0]; // Jet's class loaders add a sentence to the name
            }
            if (cause instanceof NoClassDefFoundError && about != null && about.indexOf(' ') < 0) {
                return about.replace('/', '.');
            }
        }
        return null;
    }

    private void check(ClassLoader loader) {
        String difference = fingerprint.differenceTo(fingerprint.here(plan(), loader));
        if (difference != null) {
            throw new PlanException(null, difference, null);
        }
    }
}

package io.penstock.dag.plan;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What must be the same on all members that run a plan: the plan, and the class files of the user's behind it. Another
 * build of a class may deserialize well and do something else.
 *
 * <p>The classes are those that the plan's functions name: which made a lambda, hold the method it runs, are its types,
 * or are captured; and what {@link ClassDigests} adds to them. What these call elsewhere is not looked at.
 *
 * @param planDigest of the plan's text
 * @param classDigests by class name; empty of a class without a file, which is not compared
 */
public record PlanFingerprint(String planDigest, SortedMap<String, String> classDigests) {

    public PlanFingerprint {
        classDigests = Collections.unmodifiableSortedMap(new TreeMap<>(classDigests));
    }

    /**
     * The fingerprint of a plan where it was made.
     *
     * @param plan made of {@code logical} for a cluster
     */
    public static PlanFingerprint of(LogicalPlan logical, Plan plan) {
        try (PlanOutput out = new PlanOutput(OutputStream.nullOutputStream())) {
            out.writePlan(logical);
            return new PlanFingerprint(digestOf(plan), ClassDigests.of(out.classes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What this fingerprint would be here.
     *
     * @param plan as it was made here
     * @param loader has the classes here
     */
    public PlanFingerprint here(Plan plan, ClassLoader loader) {
        SortedMap<String, String> digests = new TreeMap<>();
        classDigests.keySet().forEach(name -> digests.put(name, ClassDigests.of(name, loader)));
        return new PlanFingerprint(digestOf(plan), digests);
    }

    private static String digestOf(Plan plan) {
        return ClassDigests.sha256(PlanText.explain(plan).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The first difference to the fingerprint on a member, with the way out, or null if there is none.
     *
     * @param ofMember made with {@link #here}
     */
    public String differenceTo(PlanFingerprint ofMember) {
        String ofClasses = differenceOfClasses(ofMember.classDigests);
        if (ofClasses != null) {
            return ofClasses;
        }
        return planDigest.equals(ofMember.planDigest) ? null : "this member plans the job in another way than where it"
                + " was submitted, as another version of Penstock would; run the same version on all members and where"
                + " jobs are submitted";
    }

    private String differenceOfClasses(Map<String, String> ofMember) {
        for (Map.Entry<String, String> digest : classDigests.entrySet()) {
            String name = digest.getKey();
            String here = ofMember.getOrDefault(name, ClassDigests.NO_FILE);
            if (digest.getValue().equals(here) || digest.getValue().equals(ClassDigests.NO_FILE)) {
                continue;
            }
            return here.equals(ClassDigests.NO_FILE) ? missing(name) : "class " + name + " is another build on this"
                    + " member than where the job was submitted, and may do something else; put the same build on the"
                    + " class path of all members and of whoever submits";
        }
        return null;
    }

    /** The first difference of a class file, with the way out, or null if there is none. */
    String differenceOfClasses(ClassLoader loader) {
        Map<String, String> here = new TreeMap<>();
        classDigests.keySet().forEach(name -> here.put(name, ClassDigests.of(name, loader)));
        return differenceOfClasses(here);
    }

    /** Says that a member lacks a class, and how to add it. */
    static String missing(String name) {
        int nested = name.indexOf('$');
        String outermost = nested > 0 ? name.substring(0, nested) : name;
        return "class " + name + " is missing on this member; send it with o.addClass(" + outermost
                + ".class) or o.addJar(path), or put it on the class path of all members";
    }
}

package io.penstock.infer;

import java.util.UUID;

/**
 * What a JVM that has a model loaded, or is about to, tells the others of a cluster.
 *
 * @param user other for each opening of a grid
 * @param memberId of {@link io.penstock.grid.GridMember}; empty for a client
 * @param where the user for people, such as {@code member 127.0.0.1:5701}
 * @param version the latest that it scores with; 0 for none yet
 * @param stageCount about how many stages of running jobs use the model; surely none if it is 0
 * @param watermarkMs no stage will get a row with a time before this, but late ones
 * @param failedVersion the version that it could not load; 0 for none
 * @param problem why not; empty if there is none
 * @param beat grows as long as the user lives
 */
record ModelUse(
        UUID user, String memberId, String where, int version, int stageCount, long watermarkMs, int failedVersion,
        String problem, long beat) {

    boolean isClient() {
        return memberId.isEmpty();
    }

    /** Whether it scores with that version or a later one. */
    boolean has(int wanted) {
        return version >= wanted;
    }

    /** Whether it has tried that version or a later one, and failed. */
    boolean failed(int wanted) {
        return !has(wanted) && failedVersion >= wanted;
    }
}

package io.penstock.dag.conformance;

/** What runs a pipeline, and its maps with it. */
public enum Host {
    /** The in-process engine, with so many workers. */
    ENGINE_1(1),
    ENGINE_2(2),
    ENGINE_4(4),
    /** A cluster of one member, in this JVM. */
    MEMBER_1(2),
    /** A cluster of three members, all in this JVM. */
    MEMBERS_3(6),
    /** A cluster of three members, each in a JVM of its own; this one is a client. */
    PROCESSES_3(6);

    private final int instanceCount;

    Host(int instanceCount) {
        this.instanceCount = instanceCount;
    }

    /** How many instances a keyed stage has. */
    public int instanceCount() {
        return instanceCount;
    }

    public boolean isEngine() {
        return this == ENGINE_1 || this == ENGINE_2 || this == ENGINE_4;
    }
}

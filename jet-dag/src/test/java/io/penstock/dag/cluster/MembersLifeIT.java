package io.penstock.dag.cluster;

import io.penstock.dag.conformance.JobLifeContract;
import io.penstock.grid.Grid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The life of a job on three members, seen by one of them. */
class MembersLifeIT extends JobLifeContract {

    private static TestMembers members;

    @BeforeAll
    static void start() {
        members = new TestMembers(3);
    }

    @AfterAll
    static void stop() {
        members.close();
    }

    @Override
    protected Grid grid() {
        return members.get(1);
    }
}

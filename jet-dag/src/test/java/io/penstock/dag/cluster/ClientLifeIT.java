package io.penstock.dag.cluster;

import io.penstock.dag.conformance.JobLifeContract;
import io.penstock.grid.Grid;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** The life of a job on one member, seen by a client. */
class ClientLifeIT extends JobLifeContract {

    private static TestMembers members;
    private static Grid client;

    @BeforeAll
    static void start() {
        members = new TestMembers(1);
        client = members.client();
    }

    @AfterAll
    static void stop() {
        members.close();
    }

    @Override
    protected Grid grid() {
        return client;
    }
}

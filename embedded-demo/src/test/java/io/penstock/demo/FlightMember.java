package io.penstock.demo;

import io.penstock.grid.Grid;
import io.penstock.grid.cluster.member.MemberProgram;
import java.util.List;

/** A member that keeps all scored flights of a test. */
final class FlightMember implements MemberProgram {

    /** More than any test has, as each partition keeps its share. */
    static final int SCORED_MAX = 200_000;

    @Override
    public Grid join(String cluster, List<String> addresses) {
        return FlightGrid.member(cluster, addresses, SCORED_MAX);
    }
}

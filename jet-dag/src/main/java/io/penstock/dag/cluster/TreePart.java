package io.penstock.dag.cluster;

import io.penstock.dag.host.CallProbe;
import io.penstock.dag.host.OperatorTree;
import java.util.List;

/**
 * One instance of a vertex on this member: what its processor drives.
 *
 * @param senders null of a source
 * @param instance its number among those of its vertex
 * @param instanceCount how many there are that are not absent
 * @param probe says in the call of which stage the processor is
 */
record TreePart(
        MemberExecution execution, OperatorTree tree, Outlet outlet, List<EdgeWriter> writers, Senders senders,
        String vertex, int instance, int instanceCount, CallProbe probe) {

    boolean isSource() {
        return senders == null;
    }
}

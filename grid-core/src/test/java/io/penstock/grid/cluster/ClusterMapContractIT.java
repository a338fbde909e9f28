package io.penstock.grid.cluster;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.testing.GridMapContract;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * The maps of a cluster do what every map does, but where {@link ClusterHost} says that they differ: on one member, on
 * several, and through clients. The checks run a few at a time, since many of them wait.
 */
class ClusterMapContractIT {

    private static final int CHECKS_AT_ONCE = 6;
    /** To run those checks alone that have this in their name. */
    private static final String ONLY = System.getProperty("penstock.only", "");

    @TestFactory
    Stream<DynamicTest> onOneMember() {
        return checks(1, 0, 13);
    }

    @TestFactory
    Stream<DynamicTest> onTwoMembersWithTheUsualPartitions() {
        return checks(2, 0, 271);
    }

    @TestFactory
    Stream<DynamicTest> onThreeMembers() {
        return checks(3, 0, 11);
    }

    @TestFactory
    Stream<DynamicTest> throughClientsOfTwoMembers() {
        return checks(2, 2, 11);
    }

    private static Stream<DynamicTest> checks(int memberCount, int clientCount, int partitionCount) {
        TestCluster cluster = new TestCluster("map", partitionCount, config -> {});
        List<HazelcastInstance> instances = new ArrayList<>();
        for (int i = 0; i < memberCount; i++) {
            instances.add(cluster.member().hazelcast());
        }
        if (clientCount > 0) {
            instances.clear();
            for (int i = 0; i < clientCount; i++) {
                instances.add(cluster.client().hazelcast());
            }
        }
        ExecutorService threads = Executors.newFixedThreadPool(CHECKS_AT_ONCE);
        List<DynamicTest> tests = new ArrayList<>();
        for (GridMapContract.Check check : GridMapContract.checks()) {
            if (!check.toString().contains(ONLY)) {
                continue;
            }
            int first = tests.size();
            Future<?> run = threads.submit(() -> run(check, instances, first));
            tests.add(dynamicTest(check.toString(), () -> result(run)));
        }
        return tests.stream().onClose(() -> {
            threads.shutdownNow();
            cluster.close();
        });
    }

    private static void run(GridMapContract.Check check, List<HazelcastInstance> instances, int first) {
        try (ClusterHost host = new ClusterHost(instances, first)) {
            check.run(host);
        }
    }

    private static void result(Future<?> run) throws Exception {
        try {
            run.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw e;
        }
    }
}

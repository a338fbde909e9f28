package io.penstock.grid.cluster;

import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.penstock.grid.testing.GridMapContract;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** tmp */
class FollowContractIT {

    @TestFactory
    Stream<DynamicTest> checks() {
        TestCluster cluster = new TestCluster("fc", 11, config -> {});
        cluster.member();
        var two = cluster.member().hazelcast();
        List<String> names = List.of("Changes", "Reader", "Listener", "LocalView");
        return GridMapContract.checks().stream()
                .filter(check -> names.stream().anyMatch(name -> check.toString().startsWith(name)))
                .map(check -> dynamicTest(check.toString(), () -> {
                    long s = System.nanoTime();
                    try (ClusterHost host = new ClusterHost(List.of(two), 0)) {
                        check.run(host);
                    } finally {
                        System.out.println("TIME " + (System.nanoTime() - s) / 1_000_000 + " " + check);
                    }
                })).onClose(cluster::close);
    }
}

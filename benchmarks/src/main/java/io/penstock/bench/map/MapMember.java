package io.penstock.bench.map;

import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** The main class of the members that are processes of their own. Prints its address; ends when standard input does. */
final class MapMember {

    private MapMember() {}

    public static void main(String[] arguments) {
        PrintStream out = System.out;
        System.setOut(System.err);
        try {
            MapOrder order = MapOrder.ofArgument(arguments[0]);
            out.println(start(order, arguments[1], List.of(arguments).subList(2, arguments.length)));
            while (System.in.read() >= 0) {
                // nothing is said to it
            }
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(1);
    }

    private static String start(MapOrder order, String cluster, List<String> addresses) {
        return switch (order.system()) {
            case PENSTOCK, PENSTOCK_BARE, PENSTOCK_VIEW ->
                ClusterContenders.addressOf(ClusterContenders.gridMember(order, cluster, addresses));
            default -> {
                HazelcastInstance member = HazelcastSetUp.member(order.system(), cluster, addresses);
                yield ClusterContenders.addressOf(member);
            }
        };
    }
}

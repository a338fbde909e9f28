package io.penstock.dag.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.operator.OperatorSpec;
import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.StageNode;
import io.penstock.dag.plan.Vertex;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LayoutTest {

    private static final int[][] ONE_MEMBER = {{0, 1, 2, 3, 4}};
    private static final int[][] THREE_MEMBERS = {{0, 3, 6}, {1, 4}, {2, 5, 7}};

    private static Vertex vertex(String name, int parallelism, StageInput... inputs) {
        StageNode stage = new StageNode(
                name, "LayoutTest", OperatorSpec.of(name, () -> null), List.of(inputs), StageNode.PLANNED);
        return new Vertex(parallelism, List.of(stage));
    }

    private static StageInput keyed(String from) {
        return new StageInput(from, 0, event -> event);
    }

    private static StageInput forward(String from) {
        return new StageInput(from, 0, null);
    }

    private static Plan plan(Vertex... vertices) {
        return new Plan(List.of(vertices));
    }

    private static Exchange exchange(Plan plan, String from) {
        return plan.exchangesFrom(from).get(0);
    }

    @Test
    void numbersTheInstancesMemberByMember() {
        Layout layout = new Layout(plan(vertex("a", Vertex.EVERYWHERE)), 2, THREE_MEMBERS);
        assertEquals(6, layout.workerCount());
        assertEquals(0, layout.instanceAt("a", 0, 0));
        assertEquals(1, layout.instanceAt("a", 0, 1));
        assertEquals(5, layout.instanceAt("a", 2, 1));
    }

    @Test
    void sendsEachPartitionToTheInstanceThatJetGivesItTo() {
        Plan plan = plan(vertex("a", Vertex.EVERYWHERE), vertex("b", Vertex.EVERYWHERE, keyed("a")));
        Layout layout = new Layout(plan, 2, THREE_MEMBERS);
        assertArrayEquals(new int[] {0, 2, 4, 1, 3, 5, 0, 4}, layout.instancesOfPartitions("b"));
        for (int instance = 0; instance < 6; instance++) {
            assertEquals(instance, layout.instancesOfPartitions("b")[layout.partitionOf("b", instance)]);
        }
    }

    @Test
    void leavesOutInstancesThatOwnNoPartition() {
        Plan plan = plan(vertex("a", Vertex.EVERYWHERE), vertex("b", Vertex.EVERYWHERE, keyed("a")));
        Layout layout = new Layout(plan, 3, THREE_MEMBERS);
        assertEquals(Layout.ABSENT, layout.instanceAt("b", 1, 2));
        assertEquals(6, layout.instanceAt("b", 2, 0));
        int[] present = {0, 1, 2, 3, 4, 6, 7, 8};
        assertArrayEquals(present, layout.present("b"));
        assertArrayEquals(present, layout.receivers(exchange(plan, "a"), 0));
        assertArrayEquals(IntStream.range(0, 9).toArray(), layout.present("a"), "a reads nothing by key");
        assertArrayEquals(IntStream.range(0, 9).toArray(), layout.senders("b", 0)[0]);
    }

    @Test
    void keepsRowsWhereTheyAreBetweenAsManyInstances() {
        Plan plan = plan(vertex("a", Vertex.EVERYWHERE), vertex("b", Vertex.EVERYWHERE, forward("a")));
        Layout layout = new Layout(plan, 2, THREE_MEMBERS);
        assertTrue(Layout.isLocal(plan, exchange(plan, "a")));
        for (int instance = 0; instance < 6; instance++) {
            assertArrayEquals(new int[] {instance}, layout.receivers(exchange(plan, "a"), instance));
            assertArrayEquals(new int[] {instance}, layout.senders("b", instance)[0]);
        }
    }

    @Test
    void findsAPlaceForEachInstanceOfAParallelismOfItsOwn() {
        for (int parallelism = 1; parallelism <= 8; parallelism++) {
            for (int[][] members : new int[][][] {ONE_MEMBER, THREE_MEMBERS}) {
                Layout layout = new Layout(plan(vertex("a", parallelism)), 2, members);
                Set<Integer> found = new HashSet<>();
                int[] perMember = new int[members.length];
                for (int member = 0; member < members.length; member++) {
                    for (int local = 0; local < layout.processorsPerMember("a"); local++) {
                        int instance = layout.instanceAt("a", member, local);
                        if (instance != Layout.ABSENT) {
                            assertTrue(found.add(instance));
                            perMember[member]++;
                        }
                    }
                }
                assertEquals(IntStream.range(0, parallelism).boxed().collect(Collectors.toSet()), found);
                int most = Arrays.stream(perMember).max().orElseThrow();
                assertTrue(most - Arrays.stream(perMember).min().orElseThrow() <= 1, "spread evenly");
            }
        }
    }

    @Test
    void spreadsVerticesOfOneInstanceOverTheMembers() {
        Set<Integer> members = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            String name = "source-" + i;
            Layout layout = new Layout(plan(vertex(name, 1)), 2, THREE_MEMBERS);
            for (int member = 0; member < 3; member++) {
                if (layout.instanceAt(name, member, 0) == 0) {
                    members.add(member);
                }
            }
        }
        assertEquals(Set.of(0, 1, 2), members);
    }

    @Test
    void tellsEachReceiverItsSendersAndEachSenderItsReceivers() {
        Plan plan = plan(
                vertex("one", 1), vertex("all", Vertex.EVERYWHERE), vertex("five", 5),
                vertex("merged", Vertex.EVERYWHERE, forward("one"), forward("all"), forward("five")),
                vertex("joined", Vertex.EVERYWHERE, keyed("one"), keyed("merged")),
                vertex("narrow", 3, forward("joined")));
        for (int workers = 1; workers <= 4; workers++) {
            Layout layout = new Layout(plan, workers, THREE_MEMBERS);
            for (Vertex target : plan.vertices()) {
                for (int ordinal = 0; ordinal < target.root().inputs().size(); ordinal++) {
                    assertBothEndsAgree(plan, layout, target, ordinal);
                }
            }
        }
    }

    private static void assertBothEndsAgree(Plan plan, Layout layout, Vertex target, int ordinal) {
        StageInput input = target.root().inputs().get(ordinal);
        Exchange exchange = new Exchange(input, target, ordinal);
        assertFalse(layout.present(target.name()).length == 0);
        for (int sender : layout.present(input.from())) {
            int[] receivers = layout.receivers(exchange, sender);
            assertTrue(receivers.length > 0);
            for (int receiver : layout.present(target.name())) {
                boolean isSentTo = Arrays.binarySearch(receivers, receiver) >= 0;
                boolean isAwaited = Arrays.binarySearch(layout.senders(target.name(), receiver)[ordinal], sender) >= 0;
                assertEquals(isSentTo, isAwaited, sender + " to " + receiver + " of " + target.name());
            }
            if (!Layout.isLocal(plan, exchange)) {
                for (int receiver : receivers) {
                    int partition = layout.partitionOf(target.name(), receiver);
                    assertEquals(receiver, layout.instancesOfPartitions(target.name())[partition]);
                }
            }
        }
    }

    @Test
    void refusesMoreInstancesThanRowsCanBeSentTo() {
        Plan plan = plan(vertex("a", 9), vertex("b", 1), vertex("c", 9, forward("a"), forward("b")));
        String message = assertThrows(
                IllegalArgumentException.class, () -> new Layout(plan, 2, THREE_MEMBERS)).getMessage();
        assertTrue(message.contains("'c'") && message.contains("9") && message.contains("8"), message);
    }
}

package io.penstock.dag.cluster;

import io.penstock.dag.plan.Exchange;
import io.penstock.dag.plan.Plan;
import io.penstock.dag.plan.StageInput;
import io.penstock.dag.plan.Vertex;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Where the instances of a plan's vertices are during one execution, and which of them sends to which. Made of what all
 * members know alike, so that it is the same everywhere.
 *
 * <p>Jet runs as many processors of a vertex on each member, and sends what is for a partition to the member that owned
 * it when the execution began; there, the i-th of the member's partitions belongs to the local processor i modulo their
 * number. So:
 *
 * <ul>
 *   <li>A vertex that runs everywhere has an instance for each of the workers: member 0's first.
 *   <li>Of a vertex with a parallelism of its own, Jet is given as many processors on each member, of which only as
 *       many are used in all: they go round the members, beginning at one that the vertex's name decides.
 *   <li>All others are absent: they do nothing, nothing is sent to them, and nobody waits for them. So are, where rows
 *       come by key, those that own no partition since their member has fewer of them than workers.
 * </ul>
 */
final class Layout {

    /** Instead of an instance: there is none. */
    static final int ABSENT = -1;

    /** A processor: the member's number, and its number there. */
    private record Slot(int member, int local) {}

    private final Plan plan;
    private final int workersPerMember;
    private final int[][] partitionsOfMembers;
    private final Map<String, List<Slot>> slots = new HashMap<>();

    /**
     * @param plan with {@link Vertex#EVERYWHERE} in it
     * @param partitionsOfMembers by member: its partitions, in ascending order; at least one
     * @throws IllegalArgumentException if a vertex wants more instances than there are partitions to send rows to
     */
    Layout(Plan plan, int workersPerMember, int[][] partitionsOfMembers) {
        this.plan = plan;
        this.workersPerMember = workersPerMember;
        this.partitionsOfMembers = partitionsOfMembers;
        for (Vertex vertex : plan.vertices()) {
            slots.put(vertex.name(), isEverywhere(vertex) ? allSlots(vertex) : chosenSlots(vertex));
        }
    }

    /** Whether rows stay with the instance of the same number, so that nothing has to leave the member. */
    static boolean isLocal(Plan plan, Exchange exchange) {
        return !exchange.input().isExchanged()
                && isEverywhere(exchange.target())
                && isEverywhere(plan.vertexOf(exchange.input().from()));
    }

    private static boolean isEverywhere(Vertex vertex) {
        return vertex.parallelism() == Vertex.EVERYWHERE;
    }

    /** How many processors of a vertex each member has. */
    static int processorsPerMember(Vertex vertex, int workersPerMember) {
        return isEverywhere(vertex) ? workersPerMember : vertex.parallelism();
    }

    private List<Slot> allSlots(Vertex vertex) {
        List<Slot> all = new ArrayList<>();
        for (int member = 0; member < partitionsOfMembers.length; member++) {
            for (int local = 0; local < workersPerMember; local++) {
                Slot slot = new Slot(member, local);
                all.add(vertex.root().isExchanged() && !isReachable(slot) ? null : slot);
            }
        }
        return all;
    }

    private List<Slot> chosenSlots(Vertex vertex) {
        int memberCount = partitionsOfMembers.length;
        int first = Math.floorMod(vertex.name().hashCode() * 0x9E3779B9 >>> 16, memberCount);
        List<Slot> chosen = new ArrayList<>();
        for (int local = 0; local < vertex.parallelism(); local++) {
            for (int i = 0; i < memberCount && chosen.size() < vertex.parallelism(); i++) {
                Slot slot = new Slot((first + i) % memberCount, local);
                if (vertex.root().isSource() || isReachable(slot)) {
                    chosen.add(slot);
                }
            }
        }
        if (chosen.size() < vertex.parallelism()) {
            throw new IllegalArgumentException("stage '" + vertex.root().userStage() + "' is to have "
                    + vertex.parallelism() + " instances, but rows can only be sent to " + chosen.size()
                    + ", the number of partitions of the cluster; let its sources have less parallelism");
        }
        return chosen;
    }

    /** Whether Jet would send anything there: to the owner of a partition. */
    private boolean isReachable(Slot slot) {
        return slot.local < partitionsOfMembers[slot.member].length;
    }

    /** How many instances a vertex has that runs everywhere. */
    int workerCount() {
        return partitionsOfMembers.length * workersPerMember;
    }

    /** The plan for any number of workers. */
    Plan everywhere() {
        return plan;
    }

    /** The vertex of that name, as it is planned for any number of workers. */
    Vertex planned(String vertex) {
        return plan.vertexOf(vertex);
    }

    /** How many processors of a vertex each member has. */
    int processorsPerMember(String vertex) {
        return processorsPerMember(plan.vertexOf(vertex), workersPerMember);
    }

    /** Which instance a processor is, or {@link #ABSENT}. */
    int instanceAt(String vertex, int member, int local) {
        return slots.get(vertex).indexOf(new Slot(member, local));
    }

    /** The instances of a vertex that are not absent, in ascending order. */
    int[] present(String vertex) {
        List<Slot> all = slots.get(vertex);
        return IntStream.range(0, all.size()).filter(instance -> all.get(instance) != null).toArray();
    }

    /** A partition whose rows Jet sends to that instance; -1 if there is none, and only its like sends to it. */
    int partitionOf(String vertex, int instance) {
        Slot slot = slots.get(vertex).get(instance);
        return !isReachable(slot) ? -1 : partitionsOfMembers[slot.member][slot.local];
    }

    /** By partition: the instance to which Jet sends its rows. */
    int[] instancesOfPartitions(String vertex) {
        int perMember = processorsPerMember(vertex);
        int partitionCount = Arrays.stream(partitionsOfMembers).mapToInt(partitions -> partitions.length).sum();
        int[] instances = new int[partitionCount];
        for (int member = 0; member < partitionsOfMembers.length; member++) {
            int[] partitions = partitionsOfMembers[member];
            for (int i = 0; i < partitions.length; i++) {
                instances[partitions[i]] = instanceAt(vertex, member, i % perMember);
            }
        }
        return instances;
    }

    /** The instances that a sender sends rows and signals to, in ascending order. */
    int[] receivers(Exchange exchange, int sender) {
        String target = exchange.target().name();
        return exchange.input().isExchanged()
                ? present(target)
                : new int[] {receiver(exchange, sender)};
    }

    private int receiver(Exchange exchange, int sender) {
        List<Slot> all = slots.get(exchange.target().name());
        if (isLocal(plan, exchange)) {
            return sender;
        }
        int[] reachable = IntStream.range(0, all.size())
                .filter(instance -> all.get(instance) != null && isReachable(all.get(instance)))
                .toArray();
        return reachable[sender % reachable.length];
    }

    /** By input of a vertex: the instances that send to one of its own, in ascending order. */
    int[][] senders(String vertex, int receiver) {
        Vertex target = plan.vertexOf(vertex);
        List<StageInput> inputs = target.root().inputs();
        int[][] senders = new int[inputs.size()][];
        for (int ordinal = 0; ordinal < senders.length; ordinal++) {
            Exchange exchange = new Exchange(inputs.get(ordinal), target, ordinal);
            int[] present = present(plan.vertexOf(inputs.get(ordinal).from()).name());
            senders[ordinal] = exchange.input().isExchanged()
                    ? present
                    : IntStream.of(present).filter(sender -> receiver(exchange, sender) == receiver).toArray();
        }
        return senders;
    }
}

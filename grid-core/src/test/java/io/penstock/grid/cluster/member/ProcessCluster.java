package io.penstock.grid.cluster.member;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A cluster of member processes on this machine, of which some are killed, restarted or added. Used by one thread. */
public final class ProcessCluster implements AutoCloseable {

    private static final int HASTE = 8;
    private static final long PATIENCE_NS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(10);

    private final String name;
    private final MemberJvm jvm;
    private final int ownMemberCount;
    private final Queue<String> faults = new ConcurrentLinkedQueue<>();
    private final List<MemberProcess> members = new ArrayList<>();
    private boolean keepsOneWaiting;
    private MemberProcess waiting;
    private int startCount;

    /**
     * Starts no process yet.
     *
     * @param name of the cluster, other than that of any other on this machine
     * @param jvm how each process is started
     * @param ownMemberCount how many members there are beside the processes
     */
    public ProcessCluster(String name, MemberJvm jvm, int ownMemberCount) {
        this.name = name;
        this.jvm = jvm;
        this.ownMemberCount = ownMemberCount;
    }

    /**
     * Starts the first members, all at once; returns when the cluster is whole.
     *
     * @param addresses of the members beside the processes
     */
    public void start(int count, List<String> addresses) throws IOException {
        List<MemberProcess> started = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            started.add(newProcess());
            members.add(started.get(i)); // so that it is closed, whatever happens
        }
        List<String> known = new ArrayList<>(addresses);
        if (known.isEmpty()) {
            started.get(0).join(name, known);
            started.get(0).awaitJoin();
            known.add(started.remove(0).address());
        }
        started.forEach(member -> member.join(name, known));
        started.forEach(MemberProcess::awaitJoin);
        awaitWhole();
    }

    /** From now on keeps one more JVM started, so that a member that joins need not wait for that. */
    public void keepOneWaiting() throws IOException {
        keepsOneWaiting = true;
        waiting = waiting != null ? waiting : newProcess();
    }

    private MemberProcess newProcess() throws IOException {
        return MemberProcess.start(jvm, Integer.toString(++startCount), faults::add);
    }

    /** Where the processes listen. */
    public List<String> addresses() {
        return members.stream().map(MemberProcess::address).toList();
    }

    public List<MemberProcess> members() {
        return List.copyOf(members);
    }

    /**
     * Ends a member as kill -9 does, and lets another join in its place; seldom so soon that the others have not
     * noticed that it is gone, because they then take some seconds.
     */
    public MemberProcess killOne(SplittableRandom random) throws IOException {
        MemberProcess victim = members.get(random.nextInt(members.size()));
        kill(victim);
        if (random.nextInt(HASTE) != 0) {
            awaitMembers();
        }
        addOne();
        return victim;
    }

    /** Ends a member as kill -9 does; the others may not have noticed yet. */
    public void kill(MemberProcess victim) {
        members.remove(victim);
        victim.kill();
    }

    /** Lets one more member join; returns when it has. */
    public MemberProcess addOne() throws IOException {
        MemberProcess joining = waiting != null ? waiting : newProcess();
        waiting = null;
        members.add(joining);
        joining.join(name, members.stream().filter(member -> member != joining).map(MemberProcess::address).toList());
        joining.awaitJoin();
        waiting = keepsOneWaiting ? newProcess() : null;
        return joining;
    }

    /** Shuts a member down and lets another join in its place. */
    public void restart(MemberProcess member) throws IOException {
        shutDown(member);
        addOne();
    }

    /** Closes a member as an operator would, so that it gives its entries away first; returns when it has ended. */
    public void shutDown(MemberProcess member) {
        member.shutDown();
        members.remove(member);
    }

    /** Waits until all members know each other, and every backup is where it belongs. */
    public void awaitWhole() {
        awaitMembers();
        awaitAnswers("safe", "true");
    }

    /** Waits until all members know who is there. */
    public void awaitMembers() {
        awaitAnswers("members", Integer.toString(members.size() + ownMemberCount));
    }

    private void awaitAnswers(String command, String wanted) {
        long startNs = System.nanoTime();
        for (MemberProcess member : members) {
            String answer = member.ask(command);
            while (!answer.equals(wanted)) {
                if (System.nanoTime() - startNs > PATIENCE_NS) {
                    throw new AssertionError("after 60 s, " + member + " answers '" + answer + "' to '" + command
                            + "', not '" + wanted + "'; " + output());
                }
                LockSupport.parkNanos(PAUSE_NS);
                answer = member.ask(command);
            }
        }
    }

    /** What the members found wrong. */
    public Queue<String> faults() {
        return faults;
    }

    public String output() {
        return members.stream().map(MemberProcess::output).reduce("", (all, one) -> all + "\n" + one);
    }

    @Override
    public void close() {
        members.forEach(MemberProcess::close);
        if (waiting != null) {
            waiting.close();
        }
    }
}

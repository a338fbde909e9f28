package io.penstock.grid.cluster;

import com.hazelcast.cluster.Member;
import com.hazelcast.config.ExecutorConfig;
import com.hazelcast.core.HazelcastInstance;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** Asks all members of a cluster, each on the one thread that it has for this. */
final class MemberTasks {

    private static final String EXECUTOR = "penstock.maps";

    private final HazelcastInstance hazelcast;
    private volatile boolean isConfigured;

    MemberTasks(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    /** What the task returns on each member. Throws what Hazelcast throws, or the task. */
    <T> Map<Member, T> ask(Callable<T> task) {
        if (!isConfigured) {
            hazelcast.getConfig().addExecutorConfig(new ExecutorConfig(EXECUTOR, 1)); // tells all members
            isConfigured = true;
        }
        Map<Member, Future<T>> asked = hazelcast.getExecutorService(EXECUTOR).submitToAllMembers(task);
        Map<Member, T> answers = new LinkedHashMap<>();
        try {
            for (Map.Entry<Member, Future<T>> ofMember : asked.entrySet()) {
                answers.put(ofMember.getKey(), ofMember.getValue().get());
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the members of a cluster are asked", e);
        }
        return answers;
    }
}

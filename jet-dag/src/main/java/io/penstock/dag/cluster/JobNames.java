package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.jet.Job;
import com.hazelcast.map.IMap;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Which jobs there are. Jet forgets for some seconds those that have not ended when their coordinator leaves, until the
 * next one has looked for them. So their ids are noted by name, and jobs that were noted are waited for. Thread-safe.
 */
final class JobNames {

    private static final String MAP = "penstock.jobs.names";
    /** As long as Jet keeps the results of jobs. */
    private static final long KEPT_DAYS = 7;
    /** A coordinator looks for jobs every 5 s unless it is told otherwise. */
    private static final long WAIT_NS_MAX = TimeUnit.SECONDS.toNanos(12);
    private static final long PAUSE_NS = TimeUnit.MILLISECONDS.toNanos(20);

    private final HazelcastInstance hazelcast;

    JobNames(HazelcastInstance hazelcast) {
        this.hazelcast = hazelcast;
    }

    private IMap<String, Long> ids() {
        return hazelcast.getMap(MAP);
    }

    void add(String name, Job job) {
        ids().set(name, job.getId(), KEPT_DAYS, TimeUnit.DAYS);
    }

    /** The job of that name that has not ended, or else the last that has; null if there is none. */
    Job find(String name) {
        Long id = ids().get(name);
        return await(() -> hazelcast.getJet().getJob(name), job -> id == null
                || job != null && (job.getId() == id || !job.getStatus().isTerminal()), () -> ids().remove(name, id));
    }

    /** All that Jet knows. */
    Collection<Job> all() {
        Map<String, Long> noted = new HashMap<>(ids());
        return await(() -> hazelcast.getJet().getJobs(),
                jobs -> idsOf(jobs).containsAll(noted.values()),
                () -> {
                    List<Long> known = idsOf(hazelcast.getJet().getJobs());
                    noted.forEach((name, id) -> forget(known, name, id));
                });
    }

    private void forget(List<Long> known, String name, Long id) {
        if (!known.contains(id)) {
            ids().remove(name, id);
        }
    }

    private static List<Long> idsOf(Collection<Job> jobs) {
        return jobs.stream().map(Job::getId).toList();
    }

    private interface Check<T> {
        boolean isGood(T found);
    }

    /** Looks until what is found is good; after a while forgets what cannot be found, since Jet has forgotten it. */
    private static <T> T await(Supplier<T> look, Check<T> check, Runnable forget) {
        long beganNs = System.nanoTime();
        while (true) {
            T found = look.get();
            if (check.isGood(found) || Thread.currentThread().isInterrupted()) {
                return found;
            }
            if (System.nanoTime() - beganNs > WAIT_NS_MAX) {
                forget.run();
                return found;
            }
            LockSupport.parkNanos(PAUSE_NS);
        }
    }
}

package io.penstock.grid.cluster.process;

import static org.junit.jupiter.api.Assertions.fail;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import io.penstock.grid.Seed;
import io.penstock.grid.cluster.member.MemberJvm;
import io.penstock.grid.cluster.member.MemberProcess;
import io.penstock.grid.cluster.member.ProcessCluster;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Real members, in processes of their own, are killed as kill -9 does, added and restarted while others write: no
 * acknowledged write is lost, no view shows what it must not, and what a reader of the journal made of the changes
 * equals the map.
 */
class MemberLossIT {

    private static final boolean SOAK = Boolean.getBoolean("penstock.soak");
    private static final int KILLS = Integer.getInteger("penstock.kills", SOAK ? 220 : 22);
    private static final int KILLS_BESIDE_A_MEMBER = Integer.getInteger("penstock.kills", SOAK ? 80 : 8);
    private static final int WRITERS = 4;
    private static final int FAULTS_SHOWN = 8;
    private static final MemberJvm JVM = new MemberJvm(TallyMember.class, 96, List.of());

    /** All that goes on. */
    private record Run(
            ProcessCluster cluster, Writers writers, ViewChecker view, JournalCopy journal, Queue<String> faults,
            long startNs) {

        /** What is to be proved after everything that happens to the cluster. */
        void check(String what) {
            cluster.awaitWhole();
            writers.check();
            System.out.printf("%6d ms, after %s: %s; %s; %s%n",
                    TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs), what, writers, view, journal);
            refuse(what);
        }

        void refuse(String what) {
            if (!faults.isEmpty()) {
                fail(faults.size() + " faults after " + what + ":\n" + someOfEach() + "\n" + cluster.output());
            }
        }

        /** Some of those that each witness found: one view may find more than all others together. */
        private String someOfEach() {
            Map<String, Long> shown = new HashMap<>();
            return faults.stream()
                    .filter(fault -> shown.merge(fault.split(" ", 3)[1], 1L, Long::sum) <= FAULTS_SHOWN)
                    .collect(Collectors.joining("\n"));
        }

        void settle(int keyCount) {
            writers.close();
            view.settle();
            journal.settle(keyCount);
            refuse("the writers' end");
        }
    }

    private interface Story {
        void tell(Run run, SplittableRandom random) throws Exception;
    }

    @Test
    void aClientLosesNothingAndSeesNothingWrongWhileMembersAreKilled() throws Exception {
        String name = uniqueName();
        SplittableRandom random = new SplittableRandom(Seed.of("MemberLossIT, client"));
        try (ProcessCluster cluster = new ProcessCluster(name, JVM, 0)) {
            cluster.start(3, List.of());
            try (Grid client = TallyGrids.client(name, cluster.addresses())) {
                run(cluster, client, random, MemberLossIT::killAddAndRoll);
            }
        }
    }

    @Test
    void aMemberLosesNothingAndSeesNothingWrongWhileOthersAreKilled() throws Exception {
        String name = uniqueName();
        SplittableRandom random = new SplittableRandom(Seed.of("MemberLossIT, member"));
        try (Grid member = TallyGrids.member(name, List.of());
                ProcessCluster cluster = new ProcessCluster(name, JVM, 1)) {
            cluster.start(2, List.of(member.members().get(0).address()));
            run(cluster, member, random, (run, ownRandom) -> kill(run, KILLS_BESIDE_A_MEMBER, ownRandom));
        }
    }

    private static void run(ProcessCluster cluster, Grid grid, SplittableRandom random, Story story) throws Exception {
        GridMap<Integer, Tally> map = grid.map(Tally.MAP);
        Book book = new Book(OwnViewReader.KEY_COUNT);
        Queue<String> faults = cluster.faults();
        try (Writers writers = new Writers(map, book, WRITERS, faults)) {
            writers.start(random);
            try (ViewChecker view = new ViewChecker(map, book, faults);
                    JournalCopy journal = new JournalCopy(map, faults)) {
                Run run = new Run(cluster, writers, view, journal, faults, System.nanoTime());
                view.start();
                journal.start();
                cluster.members().forEach(member -> member.ask("view"));
                run.check("the start");
                story.tell(run, random);
                run.settle(book.keyCount());
            }
        }
    }

    private static void killAddAndRoll(Run run, SplittableRandom random) throws Exception {
        kill(run, KILLS, random);
        run.cluster().addOne().ask("view");
        run.check("one more member");
        for (MemberProcess member : run.cluster().members()) {
            run.cluster().restart(member);
            run.check("the restart of " + member);
        }
    }

    private static void kill(Run run, int count, SplittableRandom random) throws Exception {
        run.cluster().keepOneWaiting();
        for (int kill = 1; kill <= count; kill++) {
            MemberProcess victim = run.cluster().killOne(random);
            run.cluster().members().get(run.cluster().members().size() - 1).ask("view");
            run.check("kill " + kill + ", of " + victim);
        }
    }

    /** Builds on one machine must not join each other's clusters. */
    private static String uniqueName() {
        return "proc-" + UUID.randomUUID();
    }
}

package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.dag.operator.Batch;
import io.penstock.grid.Grid;
import io.penstock.infer.ModelCluster.Peer;
import io.penstock.infer.ModelException.Code;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Models on a cluster of three members and a client; version n multiplies by n. */
class ClusterModelsIT {

    private static final AtomicInteger NAMES = new AtomicInteger();

    private static ModelCluster cluster;
    private static Peer a;
    private static Peer b;
    private static Peer c;
    private static Peer client;
    private static List<Peer> members;

    /** Of each test another name, as versions count on after a removal. */
    private final String m = "m" + NAMES.incrementAndGet();
    private final List<Attachment> stages = new ArrayList<>();

    @BeforeAll
    static void start() {
        cluster = new ModelCluster();
        a = cluster.member();
        b = cluster.member();
        c = cluster.member();
        client = cluster.client();
        members = List.of(a, b, c);
    }

    @AfterAll
    static void everythingIsClosed() {
        cluster.close();
    }

    @AfterEach
    void stagesEnd() {
        stages.forEach(Attachment::detach);
        a.models().list().stream().map(ModelInfo::name).distinct().forEach(name -> assertTrue(a.models().remove(name)));
        for (Peer peer : List.of(a, b, c, client)) {
            ModelCluster.eventually("unloaded", () -> peer.engine().fake.open.get() == 0);
        }
        ModelCluster.eventually("uses told", () -> a.grid().map(ClusterPeers.USES).isEmpty());
        assertEquals(0, a.grid().map(ModelStore.BYTES).entryCount(), "bytes that nobody needs");
    }

    private static byte[] model(int factor) {
        return FakeEngine.model(1, factor);
    }

    private Attachment attach(Peer peer, String model) {
        Attachment stage = peer.models().attach(model);
        stages.add(stage);
        return stage;
    }

    private static int version(Attachment stage) {
        Schedule schedule = stage.acquire();
        int version = schedule.latest().info().version();
        schedule.release();
        return version;
    }

    private List<Integer> versions() {
        return stages.stream().map(ClusterModelsIT::version).toList();
    }

    @Test
    void whatOneDeploysAllScoreWithWhenItReturnsAndEachLoadsItOnce() {
        a.models().deploy(m, model(1));
        for (int i = 0; i < 4; i++) {
            members.forEach(member -> attach(member, m));
        }
        int[] before = members.stream().mapToInt(Peer::loads).toArray();
        List<Peer> deployers = List.of(a, b, c, client);
        for (int i = 0; i < deployers.size(); i++) {
            assertEquals(i + 2, deployers.get(i).models().deploy(m, model(i + 2)).version());
            assertEquals(List.of(i + 2f, i + 2f, i + 2f), members.stream().map(peer -> peer.score(m)).toList());
            int expected = i + 2;
            assertTrue(versions().stream().allMatch(version -> version == expected), versions().toString());
        }
        for (int i = 0; i < before.length; i++) {
            assertEquals(4, members.get(i).loads() - before[i], "one load for each version");
        }
        assertEquals(1, a.engine().fake.open.get());
        assertEquals(0, client.engine().fake.open.get(), "a client keeps nothing of what it deploys");
    }

    @Test
    void aVersionFromAnEventTimeScoresTheRowsFromThenOnEverywhere() throws Exception {
        client.models().deploy(m, model(1));
        List<InferOperator<Float, String>> operators = new ArrayList<>();
        for (Peer member : members) {
            operators.add(new InferOperator<>(
                    m, (x, row) -> row.put(x), (x, out) -> out.f32("score") + " by v" + out.modelVersion()));
            operators.get(operators.size() - 1).open(member.grid());
        }
        b.models().deploy(m, model(2), o -> o.from(10));
        c.models().deploy(m, model(3), o -> o.from(20));
        for (InferOperator<Float, String> operator : operators) {
            Notes notes = new Notes();
            Batch batch = new Batch();
            Arrays.stream(new long[] {20, 9, 10, 19}).forEach(timeMs -> batch.add(timeMs, 1f));
            operator.process(0, batch, notes);
            assertEquals(List.of("20: 3.0 by v3", "9: 1.0 by v1", "10: 2.0 by v2", "19: 2.0 by v2"), notes.lines());
            operator.close();
        }
        assertEquals(List.of(1L, 10L, 20L),
                a.models().list().stream().map(info -> Math.max(1, info.fromMs())).toList());
    }

    @Test
    void aFifthVersionWaitsForTheWatermarkOfAStageElsewhere() {
        a.models().deploy(m, model(1));
        Attachment stage = attach(b, m);
        for (int version = 2; version <= 4; version++) {
            int from = 10 * version;
            c.models().deploy(m, model(version), o -> o.from(from));
        }
        Refused.with(Code.TOO_MANY_VERSIONS, () -> a.models().deploy(m, model(5), o -> o.from(50)), "watermark");
        stage.passed(19);
        Refused.with(Code.TOO_MANY_VERSIONS, () -> a.models().deploy(m, model(5), o -> o.from(50)));
        stage.passed(20);
        ModelCluster.eventually("the watermark told", () -> {
            try {
                return a.models().deploy(m, model(5), o -> o.from(50)).version() == 5;
            } catch (ModelException e) {
                assertEquals(Code.TOO_MANY_VERSIONS, e.code());
                return false;
            }
        });
        assertEquals(5, version(stage));
    }

    @Test
    void aClientThatScoresFollowsToo() {
        client.models().deploy(m, model(1));
        assertEquals(1, client.score(m));
        b.models().deploy(m, model(2));
        assertEquals(2, client.score(m));
        assertEquals(2, client.models().describe(m).orElseThrow().version());
        assertTrue(client.models().remove(m));
        Refused.with(Code.UNKNOWN_MODEL, () -> a.score(m), "'" + m + "'");
    }

    @Test
    void aMemberThatJoinsLoadsWhatIsThereOnceAndFollows() {
        a.models().deploy(m, model(1));
        a.models().deploy(m, model(2), o -> o.from(10));
        Peer late = cluster.member();
        for (int i = 0; i < 4; i++) {
            attach(late, m);
        }
        assertEquals(2, late.loads());
        a.models().deploy(m, model(3), o -> o.from(20));
        assertEquals(List.of(3, 3, 3, 3), versions());
        assertEquals(3, late.loads());
        stages.forEach(Attachment::detach);
        stages.clear();
        cluster.close(late);
        List<ModelUse> uses = a.grid().map(ClusterPeers.USES).get(m).uses();
        assertEquals(List.of("member " + a.address()), uses.stream().map(ModelUse::where).toList(),
                "who closes says so");
    }

    @Test
    void aMemberThatIsLostAmidADeploymentIsNotWaitedFor() throws Exception {
        a.models().deploy(m, model(1));
        attach(b, m);
        Peer lost = cluster.member();
        Attachment ofLost = lost.models().attach(m);
        String address = lost.address();
        GatedEngine.Gate gate = lost.engine().shut();
        Refused.with(Code.NOT_EVERYWHERE,
                () -> a.models().deploy(m, model(2), o -> o.waitMax(Duration.ofMillis(200))),
                "'" + m + "' v2 is deployed", "member " + address + " has not said within 200 ms", "it has v1");
        ModelCluster.eventually("all others have it", () -> b.score(m) == 2);
        gate.awaitReached();
        try (Threads threads = new Threads()) {
            threads.start(() -> assertEquals(3, c.models().deploy(m, model(3)).version()));
            ModelCluster.eventually("stored", () -> c.models().describe(m).orElseThrow().version() == 3);
            lost.terminate();
        }
        assertEquals(3, b.score(m));
        gate.open();
        ofLost.detach();
        cluster.close(lost);
    }

    @Test
    void aMemberThatCannotLoadSaysSoAndGoesOnWithWhatItHas() {
        a.models().deploy(m, model(1));
        members.forEach(member -> attach(member, m));
        c.engine().refuse(true);
        try {
            Refused.with(Code.NOT_EVERYWHERE, () -> a.models().deploy(m, model(2)),
                    "'" + m + "' v2 is deployed", "member " + c.address() + " cannot load it", "it has v1",
                    "this machine cannot");
            assertEquals(List.of(2f, 2f, 1f), members.stream().map(peer -> peer.score(m)).toList());
            Refused.with(Code.BAD_MODEL, () -> c.models().deploy(m, model(2)), "this machine cannot");
        } finally {
            c.engine().refuse(false);
        }
        assertEquals(3, a.models().deploy(m, model(3)).version());
        assertEquals(List.of(3, 3, 3), versions());
    }

    @Test
    void whatAnotherMemberUsesIsNotRemoved() {
        a.models().deploy(m, model(1));
        Attachment one = b.models().attach(m);
        Attachment other = b.models().attach(m);
        Refused.with(Code.IN_USE, () -> a.models().remove(m), "'" + m + "'", "running jobs of member " + b.address());
        attach(c, m).detach();
        stages.clear();
        one.detach();
        Refused.with(Code.IN_USE, () -> a.models().remove(m), "member " + b.address());
        assertEquals(1, b.score(m));
        other.detach();
        assertTrue(client.models().remove(m));
        assertFalse(a.models().remove(m));
        assertEquals(2, b.models().deploy(m, FakeEngine.model(3, 1)).version());
    }

    @Test
    void aStageThatBeginsWhileItsModelIsRemovedHasOneOrThereIsNone() throws Exception {
        for (int round = 0; round < 3; round++) {
            a.models().deploy(m, model(1));
            AtomicBoolean removed = new AtomicBoolean();
            AtomicBoolean attached = new AtomicBoolean();
            try (Threads threads = new Threads()) {
                threads.start(() -> {
                    try {
                        removed.set(c.models().remove(m));
                    } catch (ModelException e) {
                        assertEquals(Code.IN_USE, e.code());
                    }
                });
                threads.start(() -> {
                    try {
                        attach(b, m);
                        attached.set(true);
                    } catch (ModelException e) {
                        assertEquals(Code.UNKNOWN_MODEL, e.code());
                    }
                });
            }
            assertNotEquals(removed.get(), attached.get());
            assertEquals(attached.get(), a.models().describe(m).isPresent());
            stages.forEach(Attachment::detach);
            stages.clear();
        }
    }

    @Test
    void aRemoverThatIsLostHoldsUpNobodyForLong() {
        a.models().deploy(m, model(1));
        StoredModel stored = a.grid().map(ModelStore.MODELS).get(m);
        a.grid().map(ModelStore.MODELS).put(m, stored.in(StoredModel.State.REMOVING));
        assertEquals(1, version(attach(b, m)));
        assertEquals(StoredModel.State.DEPLOYED, a.grid().map(ModelStore.MODELS).get(m).state());
    }

    @Test
    void versionsNeverGoBackWhileAllScoreAndAllDeploy() throws Exception {
        int swaps = 100;
        a.models().deploy(m, model(1));
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger scored = new AtomicInteger();
        List<Peer> scorers = List.of(a, b, c, client);
        try (Threads threads = new Threads()) {
            for (Peer peer : scorers) {
                threads.start(() -> {
                    float last = 0;
                    while (!done.get()) {
                        float factor = peer.score(m);
                        assertTrue(factor >= last, () -> "went back to " + factor);
                        last = factor;
                        if (scored.incrementAndGet() % 16 == 0) {
                            LockSupport.parkNanos(1_000_000); // two cores have more to do than this
                        }
                    }
                });
            }
            try {
                for (int version = 2; version <= swaps; version++) {
                    Peer deployer = scorers.get(version % scorers.size());
                    assertEquals(version, deployer.models().deploy(m, model(version)).version());
                    for (Peer peer : scorers) {
                        assertEquals(version, peer.score(m));
                    }
                }
            } finally {
                done.set(true);
            }
        }
        assertTrue(scored.get() > swaps, "scored " + scored);
    }

    @Test
    void oneOfTwoThatDeployAtOnceIsToldAndAllEndWithTheLast() throws Exception {
        a.models().deploy(m, model(1));
        members.forEach(member -> attach(member, m));
        AtomicInteger deployed = new AtomicInteger(1);
        try (Threads threads = new Threads()) {
            for (Peer peer : List.of(a, b, client)) {
                threads.start(() -> {
                    for (int i = 0; i < 10; i++) {
                        try {
                            peer.models().deploy(m, model(1));
                            deployed.incrementAndGet();
                        } catch (ModelException e) {
                            assertEquals(Code.CONFLICT, e.code(), e.getMessage());
                        }
                    }
                });
            }
        }
        assertEquals(deployed.get(), c.models().describe(m).orElseThrow().version());
        assertEquals(List.of(deployed.get(), deployed.get(), deployed.get()), versions());
    }

    @Test
    void aModelOfManyPiecesArrivesAsItWas() {
        byte[] large = ("fake 1 7 " + "x".repeat(5 << 20)).getBytes(StandardCharsets.UTF_8);
        client.models().deploy(m, large);
        members.forEach(member -> assertEquals(7, member.score(m)));
        assertEquals(large.length, b.models().describe(m).orElseThrow().size());
        assertEquals(6, a.grid().map(ModelStore.BYTES).entryCount());
        c.models().deploy(m, model(8));
        members.forEach(member -> assertEquals(8, member.score(m)));
        assertEquals(1, a.grid().map(ModelStore.BYTES).entryCount(), "what was replaced is freed");
    }

    @Test
    void onnxModelsToo() {
        client.models().deployResource(m, ClusterModelsIT.class, "mlp-30.onnx");
        float[] row = new float[30];
        Arrays.fill(row, 0.5f);
        Map<String, float[]> expected = a.models().score(m, row);
        assertEquals(1, expected.size());
        for (Peer peer : List.of(b, c, client)) {
            peer.models().score(m, row).forEach((output, values) -> assertArrayEquals(expected.get(output), values));
        }
        assertEquals(2, b.models().deployResource(m, ClusterModelsIT.class, "mlp-30.onnx").version());
    }

    @Test
    void whatTheClusterHasLostStaysLoadedAndIsNotNumberedAnew() {
        a.models().deploy(m, model(1));
        a.models().deploy(m, model(2));
        members.forEach(member -> attach(member, m));
        new ModelStore(a.grid()).forget(a.grid().map(ModelStore.MODELS).remove(m).versions());
        assertEquals(List.of(2, 2, 2), versions());
        Refused.with(Code.UNKNOWN_MODEL, () -> b.models().attach(m));
        assertEquals(3, client.models().deploy(m, model(3)).version());
        assertEquals(List.of(3, 3, 3), versions());
    }

    @Test
    void aClientWhoseClusterIsGoneClosesAllTheSame() throws Exception {
        ModelCluster small = new ModelCluster();
        Peer only = small.member();
        Peer orphan = small.client();
        orphan.models().deploy(m, model(1));
        assertEquals(1, orphan.score(m));
        only.terminate();
        assertEquals(1, orphan.score(m), "what is loaded needs no cluster");
        try (Threads threads = new Threads()) {
            threads.start(small::close); // fails when it does not end
        }
    }

    @Test
    void bytesThatAreLostAreTold() {
        a.models().deploy(m, model(1));
        a.grid().map(ModelStore.BYTES).clear();
        Refused.with(Code.DAMAGED, () -> b.models().attach(m), "'" + m + "' v1", "lost", "deploy it again");
    }

    @Test
    void anEmbeddedGridStartsNoThreadAndTellsNobody() {
        try (Grid alone = Grid.embedded(config -> config.name("alone"))) {
            Models models = Models.of(alone, new FakeEngine(), Models.BYTES_MAX);
            models.deploy(m, model(1));
            models.deploy(m, model(2));
            assertTrue(Thread.getAllStackTraces().keySet().stream()
                    .noneMatch(thread -> thread.getName().contains("alone")), "a thread of the grid's");
            assertFalse(alone.dump().contains("penstock.models.uses"), alone.dump());
        }
    }
}

package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.client.HazelcastClient;
import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.KubernetesConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import io.penstock.grid.Grid;
import io.penstock.grid.GridException.Code;
import io.penstock.grid.GridMap;
import io.penstock.grid.MapRef;
import io.penstock.grid.Refused;
import io.penstock.grid.host.ClusterSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How members and clients start, find each other, and are refused. */
@Timeout(120)
class ClusterStartIT {

    private static final MapRef<String, Integer> STOCK = MapRef.of("stock", String.class, Integer.class);

    @TempDir
    private Path folder;

    private final StartedGrids grids = new StartedGrids();

    @AfterEach
    void close() {
        grids.close();
    }

    @Test
    void aMemberWithoutSettingsListensOnLoopbackOnly() {
        try (Grid grid = Grid.cluster(config -> config.name(grids.name()))) {
            Config config = grid.unwrap(HazelcastInstance.class).getConfig();
            assertTrue(StartedGrids.address(grid).startsWith("127.0.0.1:"), StartedGrids.address(grid));
            assertEquals(grids.name(), config.getClusterName());
            assertFalse(config.getNetworkConfig().getJoin().getMulticastConfig().isEnabled());
            assertFalse(config.getNetworkConfig().getJoin().getAutoDetectionConfig().isEnabled());
            assertEquals("slf4j", config.getProperty("hazelcast.logging.type"));
            assertEquals("false", config.getProperty("hazelcast.phone.home.enabled"));
            assertEquals("false", config.getProperty("hazelcast.shutdownhook.enabled"));
            assertEquals(271, grid.unwrap(HazelcastInstance.class).getPartitionService().getPartitions().size());
        }
    }

    @Test
    void membersFindEachOtherByAddressAndShareMapsWithClients() {
        Grid one = grids.member();
        Grid two = grids.memberBeside(one);
        Grid client = grids.client(StartedGrids.address(two));
        client.map(STOCK).put("pen", 1);
        assertEquals(1, one.map(STOCK).get("pen"));
        assertEquals(1, two.map(STOCK).get("pen"));
        assertEquals(
                one.members().stream().map(member -> member.id()).toList(),
                client.members().stream().map(member -> member.id()).toList());
    }

    @Test
    void membersFindEachOtherByANameInDns() {
        Grid one = grids.member();
        int port = StartedGrids.port(one);
        Config config = MemberStart.config(settings(port, "localhost", null));
        config.getNetworkConfig().setPortAutoIncrement(true); // as on one machine two cannot listen at the same port
        HazelcastInstance two = Hazelcast.newHazelcastInstance(config);
        grids.atEnd(two::shutdown);
        assertEquals(2, two.getCluster().getMembers().size());
    }

    @Test
    void asksKubernetesOnlyInAPod() {
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.kubernetes("shop", "penstock")),
                "kubernetes(shop, penstock) cannot ask Kubernetes: ", "service account", "use dns or members");
    }

    @Test
    void asksKubernetesAndDnsForWhatIsSet() {
        KubernetesConfig api = MemberStart.config(settings(0, null, "penstock"))
                .getNetworkConfig().getJoin().getKubernetesConfig();
        assertTrue(api.isEnabled());
        assertEquals(Map.of("namespace", "shop", "service-name", "penstock"), api.getProperties());
        JoinConfig join = MemberStart.config(settings(5801, "penstock.internal", null)).getNetworkConfig().getJoin();
        assertEquals(
                Map.of("service-dns", "penstock.internal", "service-port", "5801"),
                join.getKubernetesConfig().getProperties());
        assertFalse(join.getTcpIpConfig().isEnabled());
    }

    private ClusterSettings settings(int port, String dns, String service) {
        return new ClusterSettings(
                grids.name(), "g", null, port, List.of(), dns, service == null ? null : "shop", service, 11, "",
                Duration.ofSeconds(5), Duration.ofSeconds(5), 10, null, null);
    }

    @Test
    void refusesTwoWaysToFindMembers() {
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.members("10.0.0.1").dns("penstock")),
                "cluster: members are found in one way, but these are set: members, dns; leave out all but one");
    }

    @Test
    void refusesAPortInUse() {
        int port = StartedGrids.port(grids.member());
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.port(port)),
                "cluster: port " + port + " of [127.0.0.1] is in use; choose another, or leave it out");
    }

    @Test
    void refusesAHostThatIsNotThisMachine() {
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.host("192.0.2.1")),
                "cluster: host 192.0.2.1 is no address of this machine; name the one at which the others reach it");
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.host("no.such.host.invalid")),
                "cluster: host no.such.host.invalid cannot be looked up");
    }

    @Test
    void refusesAnotherNumberOfPartitionsAndTellsTheirs() {
        Grid one = grids.member();
        Refused.with(Code.BAD_CONFIG,
                () -> grids.member(cluster -> cluster.members(StartedGrids.address(one)).partitionCount(12)),
                "cluster: the members at " + StartedGrids.address(one) + " have 11 partitions, but this one would"
                        + " have 12; set partitionCount to 11 here");
        assertEquals(1, one.members().size());
    }

    @Test
    void aClientWithoutAClusterFailsInTime() {
        long startNs = System.nanoTime();
        Refused.with(Code.UNAVAILABLE,
                () -> grids.client("127.0.0.1:1", c -> c.cluster(
                        cluster -> cluster.connectTimeout(Duration.ofSeconds(1)))),
                "Grid.connect: none of 127.0.0.1:1 answered within 1 s (connectTimeout) as a member of cluster '"
                        + grids.name() + "'");
        assertTrue(System.nanoTime() - startNs < Duration.ofSeconds(10).toNanos());
    }

    @Test
    void aClientOfAnotherClustersNameFailsInTime() {
        String address = StartedGrids.address(grids.member());
        Refused.with(Code.UNAVAILABLE,
                () -> grids.client(address, c -> c.cluster(
                        cluster -> cluster.name("another").connectTimeout(Duration.ofSeconds(1)))),
                "as a member of cluster 'another'; check that a member runs there, and that its cluster's name is"
                        + " this one");
    }

    @Test
    void aClientTakesNoOtherAddresses() {
        Refused.with(Code.BAD_CONFIG,
                () -> grids.client("127.0.0.1:1", c -> c.cluster(cluster -> cluster.dns("penstock"))),
                "leave out members, dns and kubernetes");
        Refused.with(Code.BAD_CONFIG, () -> Grid.connect("http://127.0.0.1"), "must begin with hazelcast://");
        Refused.with(Code.BAD_CONFIG, () -> Grid.connect("hazelcast://a,,b"), "with commas between them");
    }

    // ---- Hazelcast's own YAML

    @Test
    void beginsWithAFileOfHazelcasts() throws IOException {
        Path file = Files.writeString(folder.resolve("hazelcast.yaml"), """
                hazelcast:
                  cluster-name: %s
                  properties:
                    hazelcast.partition.count: 7
                  network:
                    port:
                      port: 5901
                    interfaces:
                      enabled: true
                      interfaces: [127.0.0.1]
                  map:
                    "of-theirs":
                      backup-count: 3
                """.formatted(grids.name()));
        try (Grid grid = Grid.cluster(c -> c.name("g").cluster(cluster -> cluster.hazelcastYaml(file).callTimeout(
                Duration.ofSeconds(8))))) {
            HazelcastInstance hazelcast = grid.unwrap(HazelcastInstance.class);
            assertEquals(grids.name(), hazelcast.getConfig().getClusterName());
            assertEquals(7, hazelcast.getPartitionService().getPartitions().size());
            assertEquals(3, hazelcast.getConfig().getMapConfig("of-theirs").getBackupCount());
            assertEquals("4000", hazelcast.getConfig().getProperty("hazelcast.operation.call.timeout.millis"));
            assertTrue(StartedGrids.port(grid) >= 5901, StartedGrids.address(grid));
            assertFalse(hazelcast.getConfig().getNetworkConfig().getJoin().getAutoDetectionConfig().isEnabled());
        }
    }

    @Test
    void aClientBeginsWithAFileOfHazelcasts() throws IOException {
        String address = StartedGrids.address(grids.member());
        Path file = Files.writeString(folder.resolve("hazelcast-client.yaml"), """
                hazelcast-client:
                  cluster-name: ignored
                  instance-name: %s-client
                """.formatted(grids.name()));
        Grid client = grids.client(address, c -> c.cluster(cluster -> cluster.hazelcastYaml(file)));
        assertEquals(grids.name() + "-client", client.unwrap(HazelcastInstance.class).getName());
    }

    @Test
    void refusesFilesThatHazelcastCannotRead() throws IOException {
        Path none = folder.resolve("none.yaml");
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.hazelcastYaml(none)),
                "cluster: hazelcastYaml " + none + ": there is no such file");
        Path odd = Files.writeString(folder.resolve("odd.yaml"), "hazelcast:\n  netwrok: {}\n");
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.hazelcastYaml(odd)),
                "cluster: hazelcastYaml " + odd + ": Hazelcast cannot read it: ", "netwrok");
    }

    @Test
    void refusesMulticastInAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("hazelcast.yaml"), """
                hazelcast:
                  network:
                    join:
                      multicast:
                        enabled: true
                """);
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.hazelcastYaml(file)),
                "hazelcastYaml turns on multicast", "name members, dns or kubernetes");
    }

    @Test
    void refusesAddressesBesideAnAdvancedNetwork() throws IOException {
        Path file = Files.writeString(folder.resolve("hazelcast.yaml"), """
                hazelcast:
                  advanced-network:
                    enabled: true
                """);
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.hazelcastYaml(file).port(5701)),
                "has an advanced-network, which says where a member listens", "leave out host, port, members");
    }

    @Test
    void tellsAllPaidFeaturesOfAFileAtOnce() throws IOException {
        Path file = Files.writeString(folder.resolve("hazelcast.yaml"), """
                hazelcast:
                  network:
                    ssl:
                      enabled: true
                  map:
                    stock:
                      data-persistence:
                        enabled: true
                """);
        Refused.with(Code.BAD_CONFIG, () -> grids.member(cluster -> cluster.hazelcastYaml(file)),
                "cluster: hazelcastYaml " + file + " has what this edition of Hazelcast refuses, or accepts and"
                        + " ignores:\n",
                "\n  network.ssl needs a licence of Hazelcast Enterprise; leave it out",
                "\n  map 'stock': data-persistence needs a licence of Hazelcast Enterprise; leave it out");
    }

    // ---- an application's own instance

    @Test
    void usesAnInstanceOfTheApplicationAndLeavesItRunning() {
        HazelcastInstance member = hazelcast(PenstockHazelcast.prepare(PenstockHazelcast.prepare(new Config())));
        HazelcastInstance client = HazelcastClient.newHazelcastClient(PenstockHazelcast.prepare(clientConfig(member)));
        grids.atEnd(client::shutdown);
        try (Grid one = Grid.cluster(c -> c.name("one").cluster(cluster -> cluster.instance(member)));
                Grid two = Grid.connect(
                        "hazelcast://any", c -> c.name("two").cluster(cluster -> cluster.instance(client)))) {
            one.map(STOCK).put("pen", 1);
            assertEquals(1, two.map(STOCK).get("pen"));
        }
        assertTrue(member.getLifecycleService().isRunning());
        assertTrue(client.getLifecycleService().isRunning());
    }

    @Test
    void refusesAnInstanceThatWasNotPrepared() {
        HazelcastInstance member = hazelcast(new Config());
        Refused.with(Code.BAD_CONFIG, () -> Grid.cluster(c -> c.cluster(cluster -> cluster.instance(member))),
                "cluster: the instance was not prepared; let its configuration go through"
                        + " PenstockHazelcast.prepare(...) before it is started");
        HazelcastInstance client = HazelcastClient.newHazelcastClient(clientConfig(member));
        grids.atEnd(client::shutdown);
        Refused.with(Code.BAD_CONFIG,
                () -> Grid.connect("hazelcast://any", c -> c.cluster(cluster -> cluster.instance(client))),
                "was not prepared");
    }

    @Test
    void refusesAnInstanceOfTheOtherKind() {
        HazelcastInstance member = hazelcast(PenstockHazelcast.prepare(new Config()));
        HazelcastInstance client = HazelcastClient.newHazelcastClient(PenstockHazelcast.prepare(clientConfig(member)));
        grids.atEnd(client::shutdown);
        Refused.with(Code.BAD_CONFIG, () -> Grid.cluster(c -> c.cluster(cluster -> cluster.instance(client))),
                "the instance is a client; give it to Grid.connect");
        Refused.with(Code.BAD_CONFIG,
                () -> Grid.connect("hazelcast://any", c -> c.cluster(cluster -> cluster.instance(member))),
                "the instance is no client; give it to Grid.cluster");
        Refused.with(Code.BAD_CONFIG, () -> Grid.cluster(c -> c.cluster(cluster -> cluster.instance("x"))),
                "must be a com.hazelcast.core.HazelcastInstance, but is a java.lang.String");
    }

    private HazelcastInstance hazelcast(Config config) {
        config.setClusterName(grids.name());
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.setProperty("hazelcast.phone.home.enabled", "false");
        config.setProperty("hazelcast.shutdownhook.enabled", "false");
        config.getNetworkConfig().getInterfaces().setEnabled(true).addInterface("127.0.0.1");
        config.getNetworkConfig().getJoin().getAutoDetectionConfig().setEnabled(false);
        config.getNetworkConfig().getJoin().getTcpIpConfig().setEnabled(true);
        config.getJetConfig().setEnabled(true); // else those that join in vain need 10 s to leave
        HazelcastInstance started = Hazelcast.newHazelcastInstance(config);
        grids.atEnd(started::shutdown);
        return started;
    }

    private ClientConfig clientConfig(HazelcastInstance member) {
        ClientConfig config = new ClientConfig().setClusterName(grids.name());
        config.setProperty("hazelcast.logging.type", "slf4j");
        config.getNetworkConfig().addAddress(ClusterVersion.address(member.getCluster().getLocalMember()));
        return config;
    }

    // ---- versions

    @Test
    void refusesToJoinMembersOfAnotherVersion() {
        Config config = PenstockHazelcast.prepare(new Config());
        config.getMemberAttributeConfig().setAttribute(ClusterVersion.CODEC_ATTRIBUTE, "99");
        HazelcastInstance other = hazelcast(config);
        String address = ClusterVersion.address(other.getCluster().getLocalMember());
        Refused.with(Code.BAD_CONFIG, () -> grids.member(c -> c.members(address).partitionCount(271)),
                "cluster '" + grids.name() + "' does not match: this one at 127.0.0.1:", " has codec 1 and protocol"
                        + " 1, but the member at " + address + " has codec 99 and protocol 1; run the same version of"
                        + " Penstock");
        StartedGrids.eventually("the refused one to be gone", () -> other.getCluster().getMembers().size() == 1);
        Refused.with(Code.BAD_CONFIG, () -> grids.client(address), "this client has codec 1 and protocol 1, but the"
                + " member at "
                + address + " has codec 99");
    }

    @Test
    void refusesMembersThatAreNotPenstocks() {
        HazelcastInstance other = hazelcast(new Config());
        String address = ClusterVersion.address(other.getCluster().getLocalMember());
        Refused.with(Code.BAD_CONFIG, () -> grids.client(address), "the member at " + address + " has no Penstock");
        Refused.with(Code.BAD_CONFIG, () -> grids.member(c -> c.members(address).partitionCount(271)),
                "the member at " + address + " has no Penstock");
    }

    // ---- closing

    @Test
    void aMemberThatClosesHandsOverItsEntries() {
        Grid one = grids.member();
        Grid two = grids.memberOf(config -> config.cluster(c -> c.members(StartedGrids.address(one)))
                .map(STOCK, map -> map.backups(0)));
        GridMap<String, Integer> stock = two.map(STOCK);
        for (int i = 0; i < 1_000; i++) {
            stock.put("k" + i, i);
        }
        two.close();
        GridMap<String, Integer> rest = one.map(STOCK);
        for (int i = 0; i < 1_000; i++) {
            assertEquals(i, rest.get("k" + i));
        }
        Refused.with(Code.CLOSED, () -> stock.get("k1"), "map 'stock' is closed with its grid 'start'");
    }
}

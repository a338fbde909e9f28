package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.GridException.Code;
import io.penstock.grid.host.MapSettings;
import io.penstock.grid.yaml.YamlText;
import java.io.IOException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What YAML files configure. {@link YamlErrorsTest} has those that are refused. */
class YamlConfigTest {

    static final String SHOP = """
            # A comment.
            name: shop
            async-calls-max: 500
            maps:
              merchants:
                max-entries: 100000
                eviction: least-used
                ttl: 10m
                partitions: 32
                journal-capacity: 1000
                indexes: [city, address.country]
                backups: 2
                async-backups: 1
                reads-backups: true
                merge-policy: keep-of-larger-half
              sessions:
                max-bytes: 64 MiB
              plain: {}
            cluster:
              name: shop-cluster
              host: 127.0.0.1
              port: 5801
              members: [127.0.0.1, 'box-2:5801']
              partition-count: 11
              map-prefix: shop.
              call-timeout: 5s
              connect-timeout: 1m
              calls-max: 77
              hazelcast-yaml: conf/hazelcast.yaml
            """;
    private static final MapRef<String, String> MERCHANTS = MapRef.of("merchants", String.class, String.class);
    private static final MapRef<String, String> SESSIONS = MapRef.of("sessions", String.class, String.class);
    private static final MapRef<String, String> PLAIN = MapRef.of("plain", String.class, String.class);

    /** Settings of {@link GridConfig} that a file cannot hold. */
    private static final Set<String> BY_CODE_ONLY = Set.of("meterRegistry", "nanoClock");
    private static final Set<String> OTHER_METHODS = Set.of("cluster", "map", "yaml", "yamlResource");

    @TempDir
    private Path folder;

    @Test
    void setsTheSameAsTheBuilder() {
        GridConfig built = new GridConfig()
                .name("shop")
                .asyncCallsMax(500)
                .map(MERCHANTS, map -> map
                        .maxEntries(100_000).eviction(Eviction.LEAST_USED).ttl(Duration.ofMinutes(10)).partitions(32)
                        .journalCapacity(1_000).index("city").index("address.country")
                        .backups(2).asyncBackups(1).readsBackups(true).mergePolicy(MergePolicy.KEEP_OF_LARGER_HALF))
                .cluster(cluster -> cluster
                        .name("shop-cluster").host("127.0.0.1").port(5801).members("127.0.0.1", "box-2:5801")
                        .partitionCount(11).mapPrefix("shop.").callTimeout(Duration.ofSeconds(5))
                        .connectTimeout(Duration.ofMinutes(1)).callsMax(77)
                        .hazelcastYaml(Path.of("conf", "hazelcast.yaml")))
                .map(SESSIONS, map -> map.maxBytes(64 * 1024 * 1024))
                .map(PLAIN, map -> {});
        assertEquals(shown(built), shown(yaml(SHOP)));
    }

    @Test
    void hasAKeyForEachSettingOfAMap() {
        assertEquals(
                settings(MapConfig.class),
                names(YamlKey.OF_MAP.stream().map(key -> key.name().equals("indexes") ? "index" : key.name())));
    }

    @Test
    void hasAKeyForEachSettingOfAGridThatIsNotAnObject() {
        Set<String> settings = settings(GridConfig.class);
        assertTrue(settings.containsAll(BY_CODE_ONLY) && settings.containsAll(OTHER_METHODS));
        settings.removeAll(BY_CODE_ONLY);
        settings.removeAll(OTHER_METHODS);
        assertEquals(settings, names(YamlKey.OF_GRID.stream().map(YamlKey::name)));
    }

    @Test
    void hasAKeyForEachSettingOfAClusterThatIsNotAnObject() {
        Set<String> settings = settings(ClusterConfig.class);
        assertTrue(settings.remove("instance"));
        Set<String> keys = names(YamlKey.OF_CLUSTER.stream().map(YamlKey::name));
        keys.add("kubernetes");
        assertEquals(settings, keys);
    }

    /** As for maps; none has the default. */
    @Test
    void eachKeySetsItsOwnSettingOfTheCluster() {
        TreeMap<String, Consumer<ClusterConfig>> byKey = new TreeMap<>();
        byKey.put("name: c", cluster -> cluster.name("c"));
        byKey.put("host: c", cluster -> cluster.host("c"));
        byKey.put("port: 7", cluster -> cluster.port(7));
        byKey.put("members: [c, 'd:7']", cluster -> cluster.members("c", "d:7"));
        byKey.put("dns: c", cluster -> cluster.dns("c"));
        byKey.put("kubernetes: {namespace: c, service: d}", cluster -> cluster.kubernetes("c", "d"));
        byKey.put("partition-count: 7", cluster -> cluster.partitionCount(7));
        byKey.put("map-prefix: c", cluster -> cluster.mapPrefix("c"));
        byKey.put("call-timeout: 7s", cluster -> cluster.callTimeout(Duration.ofSeconds(7)));
        byKey.put("connect-timeout: 7s", cluster -> cluster.connectTimeout(Duration.ofSeconds(7)));
        byKey.put("calls-max: 7", cluster -> cluster.callsMax(7));
        byKey.put("hazelcast-yaml: c", cluster -> cluster.hazelcastYaml(Path.of("c")));
        assertEquals(YamlKey.OF_CLUSTER.size() + 1, byKey.size());
        byKey.forEach((line, setting) -> assertEquals(
                shown(new GridConfig().cluster(setting)), shown(yaml("cluster:\n  " + line)), line));
    }

    /** Each key alone changes the configuration, so that none is wired to nothing or to another's setting. */
    @Test
    void eachKeySetsItsOwnSetting() {
        TreeMap<String, Consumer<MapConfig>> byKey = new TreeMap<>();
        byKey.put("max-entries: 7", map -> map.maxEntries(7));
        byKey.put("max-bytes: 7", map -> map.maxBytes(7));
        byKey.put("ttl: 7s", map -> map.ttl(Duration.ofSeconds(7)));
        byKey.put("partitions: 8", map -> map.partitions(8));
        byKey.put("journal-capacity: 7", map -> map.journalCapacity(7));
        byKey.put("backups: 0", map -> map.backups(0));
        byKey.put("async-backups: 3", map -> map.asyncBackups(3));
        byKey.put("reads-backups: true", map -> map.readsBackups(true));
        byKey.put("merge-policy: discard-of-smaller-half",
                map -> map.mergePolicy(MergePolicy.DISCARD_OF_SMALLER_HALF));
        byKey.put("indexes: ['7']", map -> map.index("7"));
        byKey.put("eviction: insertion-order\n    max-entries: 7",
                map -> map.eviction(Eviction.INSERTION_ORDER).maxEntries(7));
        assertEquals(YamlKey.OF_MAP.size(), byKey.size());
        byKey.forEach((line, setting) -> assertEquals(
                shown(new GridConfig().map(PLAIN, setting)), shown(yaml("maps:\n  plain:\n    " + line)), line));
    }

    @Test
    void theLaterCallCounts() {
        GridConfig codeLast = yaml(SHOP).name("later").map(MERCHANTS, map -> map.maxEntries(5).index("more"));
        assertEquals("later", codeLast.name());
        assertEquals(500, codeLast.asyncCallsMax());
        assertEquals(5, codeLast.mapConfigs().get("merchants").settings().maxEntries());
        assertEquals(32, codeLast.mapConfigs().get("merchants").settings().partitions());
        assertEquals(
                List.of("address.country", "city", "more"),
                codeLast.mapConfigs().get("merchants").settings().indexes());

        GridConfig fileLast = new GridConfig().name("earlier").map(MERCHANTS, map -> map.maxEntries(5).partitions(1))
                .yaml(new YamlText("a.yaml", SHOP)).yaml(new YamlText("b.yaml", "maps: {merchants: {partitions: 2}}"));
        assertEquals("shop", fileLast.name());
        assertEquals(100_000, fileLast.mapConfigs().get("merchants").settings().maxEntries());
        assertEquals(2, fileLast.mapConfigs().get("merchants").settings().partitions());
    }

    @Test
    void readsTimes() {
        TreeMap<String, Duration> times = new TreeMap<>();
        times.put("500ms", Duration.ofMillis(500));
        times.put("10s", Duration.ofSeconds(10));
        times.put("10 m", Duration.ofMinutes(10));
        times.put("'2h'", Duration.ofHours(2));
        times.put("1d", Duration.ofDays(1));
        times.put("PT1H30M", Duration.ofMinutes(90));
        times.put("pt0.5s", Duration.ofMillis(500));
        times.forEach((text, time) ->
                assertEquals(time.toNanos(), settings("ttl: " + text).ttlNs(), text));
    }

    @Test
    void readsBytes() {
        TreeMap<String, Long> sizes = new TreeMap<>();
        sizes.put("1", 1L);
        sizes.put("67108864", 64L << 20);
        sizes.put("3 B", 3L);
        sizes.put("3 kB", 3_000L);
        sizes.put("3KB", 3_000L);
        sizes.put("500 MB", 500_000_000L);
        sizes.put("2GB", 2_000_000_000L);
        sizes.put("2 TB", 2_000_000_000_000L);
        sizes.put("'64 KiB'", 64L << 10);
        sizes.put("64MiB", 64L << 20);
        sizes.put("1 GiB", 1L << 30);
        sizes.put("8388607 TiB", 8_388_607L << 40);
        sizes.forEach((text, bytes) -> assertEquals(bytes, settings("max-bytes: " + text).maxBytes(), text));
    }

    @Test
    void takesTextsAsTheyAreWritten() {
        assertEquals("1e3", yaml("name: 1e3").name());
        assertEquals("null", yaml("name: 'null'").name());
        assertEquals(Set.of("2024", "yes"), yaml("maps: {2024: {}, yes: {}}").mapConfigs().keySet());
        assertEquals(List.of("no", "y"), settings("indexes: [y, no]").indexes());
    }

    @Test
    void readsAFileWithByteOrderMarkAndCarriageReturns() throws IOException {
        Path file = folder.resolve("penstock.yaml");
        Files.writeString(file, "\uFEFF---\n" + SHOP.replace("\n", "\r\n") + "...\r\n");
        assertEquals(shown(yaml(SHOP)), shown(new GridConfig().yaml(file)));
    }

    @Test
    void readsAResource() {
        GridConfig config = new GridConfig().yamlResource(YamlConfigTest.class, "shop.yaml");
        assertEquals(shown(yaml(SHOP)), shown(config));
    }

    @Test
    void readsTheFileOfThePageAboutClusters() throws IOException {
        String page = Files.readString(Path.of("../docs/cluster.md"));
        String file = page.substring(page.indexOf("```yaml\n") + "```yaml\n".length());
        GridConfig built = new GridConfig()
                .name("shop")
                .cluster(cluster -> cluster.host("10.0.0.1").port(5701).members("10.0.0.1", "10.0.0.2", "10.0.0.3"))
                .map(MERCHANTS, map -> map.backups(2).mergePolicy(MergePolicy.KEEP_OF_LARGER_HALF));
        assertEquals(shown(built), shown(yaml(file.substring(0, file.indexOf("```")))));
    }

    @Test
    void aRefusedFileChangesNothing() {
        GridConfig config = yaml(SHOP);
        String before = shown(config);
        YamlText bad = new YamlText("b.yaml", "name: other\nmaps: {plain: {ttl: x}}");
        Refused.with(Code.BAD_CONFIG, () -> config.yaml(bad));
        assertEquals(before, shown(config));
    }

    @Test
    void opensAGridWithTheSettingsOfAFile() throws IOException {
        Path file = Files.writeString(folder.resolve("penstock.yaml"), SHOP);
        try (Grid grid = Grid.embedded(config -> config.yaml(file))) {
            assertEquals("shop", grid.name());
        }
    }

    @Test
    void laterCodeMendsAnImpossibleCombination() {
        String text = "maps:\n  plain:\n    eviction: least-used\n";
        Grid.embedded(config -> config.yaml(new YamlText("a.yaml", text)).map(PLAIN, map -> map.maxEntries(1))).close();
    }

    private static MapSettings settings(String setting) {
        return yaml("maps:\n  plain:\n    " + setting).mapConfigs().get("plain").settings();
    }

    private static GridConfig yaml(String text) {
        return new GridConfig().yaml(new YamlText("penstock.yaml", text));
    }

    private static String shown(GridConfig config) {
        return config.name() + ", " + config.asyncCallsMax() + ", " + config.cluster().settings("g")
                + config.mapConfigs().entrySet().stream()
                .map(map -> "\n" + map.getKey() + ": " + map.getValue().settings()).collect(Collectors.joining());
    }

    /** The names of the public methods that return their own object. */
    private static Set<String> settings(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == type)
                .map(Method::getName)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Set<String> names(Stream<String> keys) {
        return keys.map(YamlWords::setting).collect(Collectors.toCollection(TreeSet::new));
    }
}

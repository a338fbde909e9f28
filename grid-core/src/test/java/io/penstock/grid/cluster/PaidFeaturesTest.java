package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.config.CacheSimpleConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.YamlConfigBuilder;
import io.penstock.grid.GridException;
import io.penstock.grid.Refused;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Each setting that the community edition refuses, or accepts and ignores, is named. */
class PaidFeaturesTest {

    @Test
    void namesEachOfAMember() {
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put("persistence", "  persistence: {enabled: true}");
        settings.put("network.ssl", "  network: {ssl: {enabled: true}}");
        settings.put("network.symmetric-encryption",
                "  network: {symmetric-encryption: {enabled: true, salt: abcdefgh}}");
        settings.put("network.socket-interceptor", "  network: {socket-interceptor: {enabled: true, class-name: X}}");
        settings.put("advanced-network.member.ssl",
                "  advanced-network: {enabled: true, member-server-socket-endpoint-config: {ssl: {enabled: true}}}");
        settings.put("security", "  security: {enabled: true}");
        settings.put("security.realms",
                "  security: {realms: [{name: r, identity: {username-password: {username: u, password: p}}}]}");
        settings.put("security.client-permissions", "  security: {client-permissions: {all: {principal: '*'}}}");
        settings.put("native-memory", "  native-memory: {enabled: true}");
        settings.put("local-device", "  local-device: {d: {base-dir: x}}");
        settings.put("user-code-namespaces", "  user-code-namespaces: {enabled: true}");
        settings.put("jet.lossless-restart-enabled", "  jet: {lossless-restart-enabled: true}");
        settings.put("auditlog", "  auditlog: {enabled: true, factory-class-name: X}");
        settings.put("dynamic-configuration.persistence-enabled",
                "  dynamic-configuration: {persistence-enabled: true}");
        settings.put("cp-subsystem.cp-member-count", "  cp-subsystem: {cp-member-count: 3}");
        settings.put("cp-subsystem.persistence-enabled", "  cp-subsystem: {persistence-enabled: true}");
        settings.put("cp-subsystem.maps", "  cp-subsystem: {maps: {m: {max-size-mb: 5}}}");
        settings.put("tpc", "  tpc: {enabled: true}");
        settings.put("sql.catalog-persistence-enabled", "  sql: {catalog-persistence-enabled: true}");
        settings.put("vector-collection",
                "  vector-collection: {v: {indexes: [{name: i, dimension: 2, metric: COSINE}]}}");
        settings.put("license-key", "  license-key: x");
        settings.put("wan-replication 'w'",
                "  wan-replication: {w: {batch-publisher: {p: {cluster-name: c, target-endpoints: '10.0.0.1'}}}}");
        of("map", settings, "data-persistence", "{data-persistence: {enabled: true}}");
        of("map", settings, "in-memory-format NATIVE", "{in-memory-format: NATIVE}");
        of("map", settings, "tiered-store", "{tiered-store: {enabled: true}}");
        of("map", settings, "wan-replication-ref", "{wan-replication-ref: {none: {}}}");
        of("map", settings, "user-code-namespace", "{user-code-namespace: n}");
        of("map", settings, "merkle-tree", "{merkle-tree: {enabled: true}}");
        of("map", settings, "near-cache.in-memory-format NATIVE", "{near-cache: {in-memory-format: NATIVE}}");
        of("cache", settings, "data-persistence", "{data-persistence: {enabled: true}}");
        settings.forEach((name, yaml) -> assertEquals(List.of(name), found("hazelcast:\n" + yaml), yaml));
        assertEquals(List.of("persistence"), found("hazelcast:\n  hot-restart-persistence: {enabled: true}"));
        assertEquals(
                List.of("map 'm': data-persistence"),
                found("hazelcast:\n  map: {m: {hot-restart: {enabled: true}}}"));
    }

    private static void of(String kind, TreeMap<String, String> settings, String name, String yaml) {
        settings.put(kind + " 'm': " + name, "  " + kind + ": {m: " + yaml + "}");
    }

    @Test
    void namesEachOfAClient() {
        TreeMap<String, String> settings = new TreeMap<>();
        settings.put("network.ssl", "  network: {ssl: {enabled: true}}");
        settings.put("network.socket-interceptor", "  network: {socket-interceptor: {enabled: true, class-name: X}}");
        settings.put("security", "  security: {token: {value: x, encoding: none}}");
        settings.put("native-memory", "  native-memory: {enabled: true}");
        settings.put("tpc", "  tpc: {enabled: true}");
        settings.put("near-cache 'm': in-memory-format NATIVE", "  near-cache: {m: {in-memory-format: NATIVE}}");
        settings.forEach((name, yaml) -> assertEquals(List.of(name), found("hazelcast-client:\n" + yaml), yaml));
    }

    /** Of a file, Hazelcast itself refuses this one. */
    @Test
    void namesThatOfACacheInNativeMemory() {
        Config config = new Config()
                .addCacheConfig(new CacheSimpleConfig("c").setInMemoryFormat(InMemoryFormat.NATIVE));
        Refused.with(GridException.Code.BAD_CONFIG, () -> PaidFeatures.refuseIn(config, "it"),
                "it has what", "cache 'c': in-memory-format NATIVE needs a licence");
    }

    @Test
    void takesWhatIsFree() {
        PaidFeatures.refuseIn(new Config(), "it");
        PaidFeatures.refuseIn(new ClientConfig(), "it");
        PaidFeatures.refuseIn(new YamlConfigBuilder(in("""
                hazelcast:
                  persistence: {enabled: false}
                  network: {ssl: {enabled: false}}
                  cp-subsystem: {cp-member-count: 0}
                  split-brain-protection: {q: {enabled: true, minimum-cluster-size: 2}}
                  map: {m: {backup-count: 2, in-memory-format: BINARY, split-brain-protection-ref: q}}
                """)).build(), "it");
    }

    /** What the message names, with a way out for each. */
    private static List<String> found(String yaml) {
        GridException refusal = assertThrows(GridException.class, () -> {
            if (yaml.startsWith("hazelcast-client")) {
                PaidFeatures.refuseIn(new YamlClientConfigBuilder(in(yaml)).build(), "it");
            } else {
                PaidFeatures.refuseIn(new YamlConfigBuilder(in(yaml)).build(), "it");
            }
        }, yaml);
        assertEquals(GridException.Code.BAD_CONFIG, refusal.code());
        return refusal.getMessage().lines().skip(1)
                .map(line -> line.strip().replaceAll(" needs a licence of Hazelcast Enterprise; .+\\.$", ""))
                .toList();
    }

    private static InputStream in(String yaml) {
        return new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8));
    }
}

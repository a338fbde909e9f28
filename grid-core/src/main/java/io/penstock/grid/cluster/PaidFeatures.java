package io.penstock.grid.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.RoutingMode;
import com.hazelcast.config.AdvancedNetworkConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.EndpointConfig;
import com.hazelcast.config.InMemoryFormat;
import com.hazelcast.config.LocalDeviceConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.config.SSLConfig;
import com.hazelcast.config.SecurityConfig;
import com.hazelcast.config.SocketInterceptorConfig;
import com.hazelcast.config.SymmetricEncryptionConfig;
import com.hazelcast.config.WanReplicationRef;
import io.penstock.grid.GridException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Refuses what only Hazelcast's Enterprise edition does. The community edition refuses some of it when it starts, some
 * at the first use of a map, and accepts and ignores the rest, such as persistence of a map: the data would be gone.
 */
@SuppressWarnings({"deprecation", "removal"}) // what is deprecated there can be set all the same
final class PaidFeatures {

    private static final String TLS_WAY = "leave it out, and keep the cluster's ports in a private network, or in a"
            + " tunnel or mesh that encrypts";
    private static final String MEMORY_WAY = "leave it out: entries are kept in the heap; raise -Xmx or add members";
    private static final String DISK_WAY =
            "leave it out: entries are in memory only; keep them safe with backups, and load them again after a full"
                    + " stop";
    private static final String ACCESS_WAY = "leave it out, and let only those reach the cluster's ports who may use"
            + " it";
    private static final String WAN_WAY = "leave it out, and copy what the other cluster needs by a job that reads"
            + " changes()";

    private final List<String> found = new ArrayList<>();

    private PaidFeatures() {}

    /**
     * Refuses a member's configuration.
     *
     * @param source for the message, such as the file it came from
     * @throws GridException that tells of all of them
     */
    static void refuseIn(Config config, String source) {
        PaidFeatures features = new PaidFeatures();
        features.ofMember(config);
        features.throwIfAny(source);
    }

    /** As the other, for a client's. */
    static void refuseIn(ClientConfig config, String source) {
        PaidFeatures features = new PaidFeatures();
        features.ofClient(config);
        features.throwIfAny(source);
    }

    private void ofMember(Config config) {
        add(config.getPersistenceConfig().isEnabled() || config.getHotRestartPersistenceConfig().isEnabled(),
                "persistence", DISK_WAY); // two names of one setting, as hot-restart is below
        ofNetwork(config.getNetworkConfig());
        ofAdvancedNetwork(config.getAdvancedNetworkConfig());
        ofSecurity(config.getSecurityConfig());
        add(config.getNativeMemoryConfig().isEnabled(), "native-memory", MEMORY_WAY);
        add(config.getDeviceConfigs().keySet().stream().anyMatch(
                name -> !name.equals(LocalDeviceConfig.DEFAULT_DEVICE_NAME)), "local-device", MEMORY_WAY);
        add(config.getNamespacesConfig().isEnabled(), "user-code-namespaces",
                "leave it out, and put the classes of functions on the class path of the members");
        add(config.getJetConfig().isLosslessRestartEnabled(), "jet.lossless-restart-enabled", DISK_WAY);
        add(config.getAuditlogConfig().isEnabled(), "auditlog", "leave it out");
        add(config.getDynamicConfigurationConfig().isPersistenceEnabled(), "dynamic-configuration.persistence-enabled",
                "leave it out: each grid brings the settings of its maps with it");
        add(config.getCPSubsystemConfig().getCPMemberCount() > 0, "cp-subsystem.cp-member-count", "leave it out");
        add(config.getCPSubsystemConfig().isPersistenceEnabled(), "cp-subsystem.persistence-enabled", DISK_WAY);
        add(!config.getCPSubsystemConfig().getCpMapConfigs().isEmpty(), "cp-subsystem.maps", "use a map of the grid");
        add(config.getTpcConfig().isEnabled(), "tpc", "leave it out");
        add(config.getSqlConfig().isCatalogPersistenceEnabled(), "sql.catalog-persistence-enabled", "leave it out");
        add(!config.getVectorCollectionConfigs().isEmpty(), "vector-collection", "leave it out");
        add(isSet(config.getLicenseKey()) || isSet(config.getProperty("hazelcast.enterprise.license.key")),
                "license-key", "leave it out: the community edition takes no notice of it");
        config.getWanReplicationConfigs().forEach((name, wan) ->
                add(!wan.getBatchPublisherConfigs().isEmpty(), "wan-replication '" + name + "'", WAN_WAY));
        ofMapsAndCaches(config);
    }

    private void ofNetwork(NetworkConfig network) {
        ofEndpoint("network", network.getSSLConfig(), network.getSymmetricEncryptionConfig(),
                network.getSocketInterceptorConfig());
    }

    private void ofAdvancedNetwork(AdvancedNetworkConfig network) {
        for (EndpointConfig endpoint : network.getEndpointConfigs().values()) {
            String path = "advanced-network." + endpoint.getProtocolType().name().toLowerCase(Locale.ROOT);
            ofEndpoint(path, endpoint.getSSLConfig(), endpoint.getSymmetricEncryptionConfig(),
                    endpoint.getSocketInterceptorConfig());
        }
    }

    private void ofEndpoint(
            String path, SSLConfig tls, SymmetricEncryptionConfig encryption, SocketInterceptorConfig interceptor) {
        add(tls != null && tls.isEnabled(), path + ".ssl", TLS_WAY);
        add(encryption != null && encryption.isEnabled(), path + ".symmetric-encryption", TLS_WAY);
        add(interceptor != null && interceptor.isEnabled(), path + ".socket-interceptor", ACCESS_WAY);
    }

    private void ofSecurity(SecurityConfig security) {
        add(security.isEnabled(), "security", ACCESS_WAY);
        add(!security.getRealmConfigs().isEmpty(), "security.realms", ACCESS_WAY);
        add(!security.getClientPermissionConfigs().isEmpty(), "security.client-permissions", ACCESS_WAY);
    }

    private void ofMapsAndCaches(Config config) {
        config.getMapConfigs().forEach((name, map) -> {
            String path = "map '" + name + "': ";
            add(map.getDataPersistenceConfig().isEnabled() || map.getHotRestartConfig().isEnabled(),
                    path + "data-persistence", DISK_WAY);
            add(map.getInMemoryFormat() == InMemoryFormat.NATIVE, path + "in-memory-format NATIVE", MEMORY_WAY);
            add(map.getTieredStoreConfig().isEnabled(), path + "tiered-store", MEMORY_WAY);
            add(isBatched(config, map.getWanReplicationRef()), path + "wan-replication-ref", WAN_WAY);
            add(isSet(map.getUserCodeNamespace()), path + "user-code-namespace", "leave it out");
            add(map.getMerkleTreeConfig().isEnabled(), path + "merkle-tree", "leave it out");
            add(map.isNearCacheEnabled() && map.getNearCacheConfig().getInMemoryFormat() == InMemoryFormat.NATIVE,
                    path + "near-cache.in-memory-format NATIVE", MEMORY_WAY);
        });
        config.getCacheConfigs().forEach((name, cache) -> {
            String path = "cache '" + name + "': ";
            add(cache.getDataPersistenceConfig().isEnabled() || cache.getHotRestartConfig().isEnabled(),
                    path + "data-persistence", DISK_WAY);
            add(cache.getInMemoryFormat() == InMemoryFormat.NATIVE, path + "in-memory-format NATIVE", MEMORY_WAY);
            add(isBatched(config, cache.getWanReplicationRef()), path + "wan-replication-ref", WAN_WAY);
            add(cache.getMerkleTreeConfig().isEnabled(), path + "merkle-tree", "leave it out");
        });
    }

    /** Whether it leads to what the Enterprise edition publishes, or nowhere, which the community edition accepts. */
    private static boolean isBatched(Config config, WanReplicationRef wan) {
        if (wan == null || !isSet(wan.getName())) {
            return false;
        }
        var target = config.getWanReplicationConfigs().get(wan.getName());
        return target == null || !target.getBatchPublisherConfigs().isEmpty();
    }

    private void ofClient(ClientConfig config) {
        ofEndpoint("network", config.getNetworkConfig().getSSLConfig(), null,
                config.getNetworkConfig().getSocketInterceptorConfig());
        add(config.getSecurityConfig().hasIdentityConfig(), "security", ACCESS_WAY);
        add(!config.getSecurityConfig().getRealmConfigs().isEmpty(), "security.realms", ACCESS_WAY);
        add(config.getNativeMemoryConfig().isEnabled(), "native-memory", MEMORY_WAY);
        add(config.getTpcConfig().isEnabled(), "tpc", "leave it out");
        add(config.getNetworkConfig().getClusterRoutingConfig().getRoutingMode() == RoutingMode.MULTI_MEMBER,
                "network.cluster-routing MULTI_MEMBER", "use ALL_MEMBERS or SINGLE_MEMBER");
        config.getNearCacheConfigMap().forEach((name, near) -> add(
                near.getInMemoryFormat() == InMemoryFormat.NATIVE,
                "near-cache '" + name + "': in-memory-format NATIVE", MEMORY_WAY));
    }

    private static boolean isSet(String text) {
        return text != null && !text.isBlank();
    }

    private void add(boolean isThere, String setting, String wayOut) {
        if (isThere) {
            found.add(setting + " needs a licence of Hazelcast Enterprise; " + wayOut + ".");
        }
    }

    private void throwIfAny(String source) {
        if (!found.isEmpty()) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    source + " has what this edition of Hazelcast refuses, or accepts and ignores:\n  "
                            + String.join("\n  ", found));
        }
    }
}

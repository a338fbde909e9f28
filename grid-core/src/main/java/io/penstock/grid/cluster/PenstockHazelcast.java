package io.penstock.grid.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;

/**
 * Prepares the configuration of a Hazelcast instance that an application starts itself, so that a grid can use it:
 *
 * <pre>{@code
 * HazelcastInstance hazelcast = Hazelcast.newHazelcastInstance(PenstockHazelcast.prepare(config));
 * Grid grid = Grid.cluster(c -> c.cluster(cluster -> cluster.instance(hazelcast)));
 * }</pre>
 *
 * <p>To prepare a configuration twice is as good as once.
 */
public final class PenstockHazelcast {

    private PenstockHazelcast() {}

    /**
     * Prepares that of a member: how entries are stored, the version by which members know each other, and that a write
     * whose owner was lost fails, as its outcome is unknown, instead of being made a second time.
     */
    public static Config prepare(Config config) {
        register(config.getSerializationConfig());
        config.getMemberAttributeConfig()
                .setAttribute(ClusterVersion.CODEC_ATTRIBUTE, Integer.toString(ClusterVersion.OURS.codec()))
                .setAttribute(ClusterVersion.PROTOCOL_ATTRIBUTE, Integer.toString(ClusterVersion.OURS.protocol()));
        config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "true");
        config.setProperty("hazelcast.map.expiration.task.period.seconds", "1");
        return config;
    }

    /** Prepares that of a client: how entries are stored, and that writes are not made a second time. */
    public static ClientConfig prepare(ClientConfig config) {
        register(config.getSerializationConfig());
        config.getNetworkConfig().setRedoOperation(false);
        config.setProperty("hazelcast.client.operation.fail.on.indeterminate.state", "true");
        return config;
    }

    private static void register(SerializationConfig serialization) {
        if (!isPrepared(serialization)) {
            serialization.addSerializerConfig(
                    new SerializerConfig().setTypeClass(Stored.class).setImplementation(new StoredSerializer()));
        }
    }

    static boolean isPrepared(SerializationConfig serialization) {
        return serialization.getSerializerConfigs().stream()
                .anyMatch(serializer -> serializer.getTypeClass() == Stored.class);
    }
}

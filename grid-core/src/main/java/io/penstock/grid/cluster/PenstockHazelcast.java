package io.penstock.grid.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;
import com.hazelcast.jet.config.JetConfig;
import io.penstock.grid.ClusterConfig;

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

    static final String PARTITION_COUNT = "hazelcast.partition.count";

    /** So long after a member has joined, jobs begin again to use it; Hazelcast waits 10 s. */
    private static final long SCALE_UP_DELAY_MS = 3_000;

    private static final String DEFAULT_PARTITION_COUNT = Integer.toString(ClusterConfig.DEFAULT_PARTITION_COUNT);

    private PenstockHazelcast() {}

    /**
     * Prepares that of a member: how entries are stored, the version by which members know each other, what happens to
     * a write whose owner or backup is lost, and that jobs can run, also with classes that clients send along.
     */
    public static Config prepare(Config config) {
        register(config.getSerializationConfig());
        config.getMemberAttributeConfig()
                .setAttribute(ClusterVersion.CODEC_ATTRIBUTE, Integer.toString(ClusterVersion.OURS.codec()))
                .setAttribute(ClusterVersion.PROTOCOL_ATTRIBUTE, Integer.toString(ClusterVersion.OURS.protocol()));
        // With true, a write waits 5 s for the backup on a member that was lost, and then is in doubt for nothing.
        config.setProperty("hazelcast.operation.fail.on.indeterminate.state", "false");
        config.setProperty("hazelcast.internal.map.expiration.task.period.seconds", "1");
        // Otherwise a partition's owner lets its backup remove as many entries as itself, of which some are others.
        config.setProperty("hazelcast.internal.map.expiration.primary.drives_backup", "false");
        // Classes of jobs that clients submit are sent to members. A job that a member joined begins again, to use it.
        config.getJetConfig().setEnabled(true).setResourceUploadEnabled(true);
        if (config.getJetConfig().getScaleUpDelayMillis() == new JetConfig().getScaleUpDelayMillis()) {
            config.getJetConfig().setScaleUpDelayMillis(SCALE_UP_DELAY_MS);
        }
        if (DEFAULT_PARTITION_COUNT.equals(config.getProperty(PARTITION_COUNT))) {
            config.getProperties().remove(PARTITION_COUNT); // to Hazelcast, it and the default do not match
        }
        return config;
    }

    /** Prepares that of a client: how entries are stored, and that writes are not made a second time. */
    public static ClientConfig prepare(ClientConfig config) {
        register(config.getSerializationConfig());
        config.getNetworkConfig().setRedoOperation(false);
        // Backups would tell a client directly that they have a write, if it is connected to them, which for some time
        // after its start, and after a member joined, it is not: the write would wait 5 s for what never comes.
        config.setBackupAckToClientEnabled(false);
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

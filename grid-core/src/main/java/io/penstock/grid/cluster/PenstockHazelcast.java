package io.penstock.grid.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.config.Config;
import com.hazelcast.config.SerializationConfig;
import com.hazelcast.config.SerializerConfig;

/** Prepares the configuration of a Hazelcast instance that an application starts itself, so that a grid can use it. */
public final class PenstockHazelcast {

    private PenstockHazelcast() {}

    /** Prepares that of a member. */
    public static Config prepare(Config config) {
        register(config.getSerializationConfig());
        return config;
    }

    /** Prepares that of a client. */
    public static ClientConfig prepare(ClientConfig config) {
        register(config.getSerializationConfig());
        return config;
    }

    private static void register(SerializationConfig serialization) {
        serialization.addSerializerConfig(
                new SerializerConfig().setTypeClass(Stored.class).setImplementation(new StoredSerializer()));
    }
}

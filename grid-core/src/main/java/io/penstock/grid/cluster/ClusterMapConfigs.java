package io.penstock.grid.cluster;

import com.hazelcast.config.AttributeConfig;
import com.hazelcast.config.EventJournalConfig;
import com.hazelcast.config.EvictionConfig;
import com.hazelcast.config.EvictionPolicy;
import com.hazelcast.config.IndexConfig;
import com.hazelcast.config.IndexType;
import com.hazelcast.config.MapConfig;
import com.hazelcast.config.MaxSizePolicy;
import com.hazelcast.config.MergePolicyConfig;
import com.hazelcast.spi.merge.DiscardMergePolicy;
import com.hazelcast.spi.merge.PutIfAbsentMergePolicy;
import io.penstock.grid.Eviction;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import io.penstock.grid.MergePolicy;
import io.penstock.grid.host.MapSettings;

/** The configuration of an {@code IMap} that does what a map's settings say, as far as one can. */
final class ClusterMapConfigs {

    private static final long MEBIBYTE = 1 << 20;

    private ClusterMapConfigs() {}

    /**
     * The configuration for a map.
     *
     * @param name the name in the cluster
     * @param ttlSeconds after how long Hazelcast may clean up what has no time to live of its own
     * @param memberCount as of now: Hazelcast limits the bytes of each member
     */
    static MapConfig of(
            String name, MapRef<?, ?> ref, MapSettings settings, long ttlSeconds, int partitionCount,
            int memberCount) {
        MapConfig config = new MapConfig(name)
                .setBackupCount(settings.backups())
                .setAsyncBackupCount(settings.asyncBackups())
                .setReadBackupData(settings.readsBackups())
                .setTimeToLiveSeconds((int) ttlSeconds)
                .setMergePolicyConfig(new MergePolicyConfig(mergePolicy(settings.mergePolicy()), 100));
        if (settings.journalCapacity() > 0) {
            config.setEventJournalConfig(new EventJournalConfig()
                    .setEnabled(true)
                    .setCapacity(journalCapacity(ref, settings.journalCapacity(), partitionCount)));
        }
        if (settings.eviction() != Eviction.NONE) {
            evict(config, settings, partitionCount, memberCount);
        }
        if (!settings.indexes().isEmpty()) {
            config.addAttributeConfig(
                    new AttributeConfig(PropertyExtractor.ATTRIBUTE, PropertyExtractor.class.getName()));
            settings.indexes().forEach(property -> config.addIndexConfig(
                    new IndexConfig(IndexType.HASH, PropertyExtractor.attribute(ref.valueType(), property))));
        }
        return config;
    }

    private static int journalCapacity(MapRef<?, ?> ref, int capacity, int partitionCount) {
        if (capacity > Integer.MAX_VALUE / partitionCount) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "map '" + ref.name() + "': journalCapacity is " + capacity + ", but with the " + partitionCount
                            + " partitions of this cluster it can be at most " + Integer.MAX_VALUE / partitionCount);
        }
        return capacity * partitionCount;
    }

    private static String mergePolicy(MergePolicy policy) {
        return switch (policy) {
            case LATEST_WRITE -> MergeLatestWrite.class.getName();
            case KEEP_OF_LARGER_HALF -> PutIfAbsentMergePolicy.class.getName();
            case DISCARD_OF_SMALLER_HALF -> DiscardMergePolicy.class.getName();
        };
    }

    private static void evict(MapConfig config, MapSettings settings, int partitionCount, int memberCount) {
        EvictionConfig eviction = config.getEvictionConfig();
        if (settings.countsBytes()) {
            long copies = 1L + settings.backups() + settings.asyncBackups();
            long bytes = Math.min(settings.maxBytes(), Long.MAX_VALUE / copies) * Math.min(copies, memberCount);
            eviction.setMaxSizePolicy(MaxSizePolicy.USED_HEAP_SIZE).setSize(atLeastOne(bytes / memberCount / MEBIBYTE));
        } else {
            eviction.setMaxSizePolicy(MaxSizePolicy.PER_PARTITION)
                    .setSize(atLeastOne((settings.maxEntries() - 1) / partitionCount + 1));
        }
        if (settings.eviction() == Eviction.LEAST_USED) {
            eviction.setEvictionPolicy(EvictionPolicy.LRU);
        } else {
            eviction.setComparatorClassName(EvictFirstCreated.class.getName());
            config.setPerEntryStatsEnabled(true); // else an entry does not know when it was created
        }
    }

    private static int atLeastOne(long size) {
        return (int) Math.max(1, Math.min(size, Integer.MAX_VALUE));
    }
}

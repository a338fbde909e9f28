package io.penstock.grid.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.penstock.grid.Changes;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KeyPartitionsIT {

    private static final int PARTITION_COUNT = 271;

    enum Side {
        BUY,
        SELL {
            @Override
            int sign() {
                return -1;
            }
        };

        int sign() {
            return 1;
        }
    }

    record Account(String bank, long number) {}

    record Leg(Account account, Side side, Double limit, UUID id) {}

    /** Equal whatever its case; the map takes them for two. */
    record Loose(String name) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Loose loose && name.equalsIgnoreCase(loose.name);
        }

        @Override
        public int hashCode() {
            return 7;
        }
    }

    record AroundLoose(Loose loose, int number) {}

    private static final List<Class<?>> TYPES = List.of(
            Long.class, Integer.class, Short.class, Byte.class, Character.class, Boolean.class, Double.class,
            Float.class, String.class, UUID.class, Side.class, Account.class, Leg.class, Loose.class,
            AroundLoose.class);

    private static TestCluster cluster;
    private static TestCluster.Node member;

    @BeforeAll
    static void start() {
        cluster = new TestCluster("keys", PARTITION_COUNT, grid ->
                TYPES.forEach(type -> grid.map(refOf(type), map -> map.journalCapacity(PARTITION_COUNT))));
        member = cluster.member();
    }

    @AfterAll
    static void stop() {
        cluster.close();
    }

    private static <K> MapRef<K, Integer> refOf(Class<K> type) {
        return MapRef.of("of-" + type.getSimpleName(), type, Integer.class);
    }

    private static <K> void assertLikeTheMap(Class<K> type, Function<Random, K> keys) {
        long seed = Long.getLong("penstock.seed", System.nanoTime());
        System.out.println("keys of " + type.getSimpleName() + ": -Dpenstock.seed=" + seed);
        Random random = new Random(seed);
        Changes<K, Integer> changes = member.grid().map(refOf(type)).changes();
        KeyPartitions partitions = new KeyPartitions(member.hazelcast());
        for (int i = 0; i < 2_000; i++) {
            K key = keys.apply(random);
            int expected = changes.partitionOf(key);
            assertEquals(expected, partitions.of(key), () -> "of " + key);
            assertEquals(expected, partitions.of(key), () -> "of " + key + ", remembered");
        }
    }

    private static String text(Random random) {
        StringBuilder text = new StringBuilder();
        int most = random.nextBoolean() ? 0x7F : 0x10000;
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 300 : 25); i > 0; i--) {
            text.append((char) random.nextInt(most));
        }
        return text.toString();
    }

    private static double decimal(Random random) {
        return switch (random.nextInt(8)) {
            case 0 -> -0.0;
            case 1 -> 0.0;
            case 2 -> Double.longBitsToDouble(0x7FF8_0000_0000_0000L + random.nextInt(100)); // many NaNs, all equal
            default -> random.nextGaussian();
        };
    }

    private static Account account(Random random) {
        return new Account(random.nextInt(5) == 0 ? null : text(random), random.nextLong() >> random.nextInt(64));
    }

    @Test
    void keysAreWhereTheMapHasThem() {
        assertLikeTheMap(Long.class, random -> random.nextLong() >> random.nextInt(64));
        assertLikeTheMap(Integer.class, random -> random.nextInt() >> random.nextInt(32));
        assertLikeTheMap(Short.class, random -> (short) random.nextInt());
        assertLikeTheMap(Byte.class, random -> (byte) random.nextInt());
        assertLikeTheMap(Character.class, random -> (char) random.nextInt());
        assertLikeTheMap(Boolean.class, Random::nextBoolean);
        assertLikeTheMap(Double.class, KeyPartitionsIT::decimal);
        assertLikeTheMap(Float.class, random -> (float) decimal(random));
        assertLikeTheMap(String.class, KeyPartitionsIT::text);
        assertLikeTheMap(UUID.class, random -> new UUID(random.nextLong(), random.nextLong()));
        assertLikeTheMap(Side.class, random -> Side.values()[random.nextInt(2)]);
        assertLikeTheMap(Account.class, KeyPartitionsIT::account);
        assertLikeTheMap(Leg.class, random -> new Leg(
                account(random), Side.values()[random.nextInt(2)], decimal(random), new UUID(1, random.nextInt(9))));
    }

    @Test
    void keysThatAreEqualByAnEqualsOfTheirOwnAreWhereTheMapHasThem() {
        String names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
        Function<Random, Loose> loose = random -> new Loose(names.substring(random.nextInt(names.length())));
        assertLikeTheMap(Loose.class, loose);
        assertLikeTheMap(AroundLoose.class, random -> new AroundLoose(loose.apply(random), random.nextInt(3)));
    }

    @Test
    void keysOfSeveralClassesDoNotGetMixedUp() {
        KeyPartitions partitions = new KeyPartitions(member.hazelcast());
        for (int i = 0; i < 1_000; i++) {
            for (Object key : List.of(i, (long) i, (short) i, (char) i, (double) i)) {
                assertEquals(
                        member.hazelcast().getPartitionService().getPartition(KeyPartitions.stored(key))
                                .getPartitionId(),
                        partitions.of(key));
            }
        }
    }

    @Test
    void refusesWhatIsNoKey() {
        KeyPartitions partitions = new KeyPartitions(member.hazelcast());
        GridException e = assertThrows(GridException.class, () -> partitions.of(List.of(1)));
        assertEquals(GridException.Code.BAD_KEY, e.code());
    }
}

package io.penstock.dag.cluster;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.hazelcast.internal.serialization.InternalSerializationService;
import com.hazelcast.internal.serialization.impl.DefaultSerializationServiceBuilder;
import com.hazelcast.jet.config.JobConfig;
import com.hazelcast.nio.serialization.StreamSerializer;
import io.penstock.dag.operator.Batch;
import io.penstock.grid.GridException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class WireSerializersTest {

    private record Reading(String sensor, double value) {}

    private final InternalSerializationService hazelcast = new DefaultSerializationServiceBuilder().build();

    private <T> byte[] written(StreamSerializer<T> serializer, T item) throws IOException {
        var out = hazelcast.createObjectDataOutput();
        serializer.write(out, item);
        return out.toByteArray();
    }

    private <T> T read(StreamSerializer<T> serializer, byte[] bytes) throws IOException {
        return serializer.read(hazelcast.createObjectDataInput(bytes));
    }

    @Test
    void eachItemHasASerializer() {
        JobConfig config = new JobConfig();
        WireSerializers.register(config);
        assertEquals(
                Map.of(
                        Rows.class.getName(), RowsSerializer.class.getName(),
                        TimeSignal.class.getName(), TimeSignalSerializer.class.getName(),
                        SavedKey.class.getName(), SavedKeySerializer.class.getName(),
                        SavedValue.class.getName(), SavedValueSerializer.class.getName()),
                config.getSerializerConfigs());
    }

    @Test
    void rowsComeBackWithTheirTimes() throws IOException {
        Random random = new Random(1);
        for (int size : new int[] {0, 1, 7, Batch.CAPACITY}) {
            Batch batch = new Batch();
            for (int row = 0; row < size; row++) {
                long timeMs = random.nextInt(5) == 0 ? Batch.NO_TIME : random.nextLong() >> random.nextInt(64);
                batch.add(timeMs, row % 3 == 0 ? new Reading("s" + row, row) : null);
            }
            RowsSerializer serializer = new RowsSerializer();
            Rows rows = read(serializer, written(serializer, new Rows(270, 3, batch)));
            assertEquals(270, rows.partition());
            assertEquals(3, rows.sender());
            assertEquals(size, rows.batch().size());
            for (int row = 0; row < size; row++) {
                assertEquals(batch.timeMs(row), rows.batch().timeMs(row));
                assertEquals(batch.event(row), rows.batch().event(row));
            }
        }
    }

    @Test
    void timesThatAreAllAlikeTakeNoRoom() throws IOException {
        Batch batch = new Batch();
        for (long row = 0; row < Batch.CAPACITY; row++) {
            batch.add(Batch.NO_TIME, 5L);
        }
        int length = written(new RowsSerializer(), new Rows(1, 1, batch)).length;
        assertTrue(length < 30, () -> length + " bytes");
    }

    @Test
    void signalsComeBack() throws IOException {
        TimeSignalSerializer serializer = new TimeSignalSerializer();
        for (TimeSignal.Kind kind : TimeSignal.Kind.values()) {
            TimeSignal signal = new TimeSignal(5, 7, kind, Long.MIN_VALUE + 3);
            assertEquals(signal, read(serializer, written(serializer, signal)));
        }
        byte[] ofNoKind = new byte[17];
        ofNoKind[0] = 9;
        assertThrows(IOException.class, () -> read(serializer, ofNoKind));
    }

    @Test
    void savedKeysComeBackAndPassOnAsTheyAre() throws IOException {
        SavedKeySerializer serializer = new SavedKeySerializer();
        UUID id = UUID.randomUUID();
        for (Object key : new Object[] {"a", 5L, 5, id, new Reading("s", 1), 'c', null}) {
            byte[] bytes = written(serializer, new SavedKey("window", 3, 1_000, key));
            SavedKey saved = read(serializer, bytes);
            assertArrayEquals(bytes, written(serializer, saved));
            assertEquals("window", saved.stage());
            assertEquals(3, saved.instance());
            assertEquals(1_000, saved.ordinal());
            assertEquals(key, saved.key());
            assertArrayEquals(bytes, written(serializer, saved));
            assertEquals(new SavedKey("window", 3, 1_000, key), saved);
            assertEquals(new SavedKey("window", 3, 1_000, key).hashCode(), saved.hashCode());
        }
    }

    @Test
    void aSavedKeyForAllProcessorsIsReadBySeveralAtATime() throws Exception {
        SavedKeySerializer serializer = new SavedKeySerializer();
        byte[] bytes = written(serializer, new SavedKey("window", 3, 1_000, new Reading("sensor", 1)));
        ExecutorService threads = Executors.newFixedThreadPool(3);
        try {
            for (int i = 0; i < 3_000; i++) {
                SavedKey saved = read(serializer, bytes);
                List<Callable<Object>> readers = Collections.nCopies(3, saved::key);
                for (Future<Object> found : threads.invokeAll(readers)) {
                    assertEquals(new Reading("sensor", 1), found.get());
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aSavedKeyGoesToThePartitionOfItsKey() throws IOException {
        SavedKeySerializer serializer = new SavedKeySerializer();
        SavedKey saved = new SavedKey("window", 3, 1_000, "card");
        assertEquals(new SavedKey("other", 0, 0, "card").getPartitionKey(), saved.getPartitionKey());
        assertEquals(saved.getPartitionKey(), read(serializer, written(serializer, saved)).getPartitionKey());
    }

    @Test
    void savedValuesComeBackAndPassOnAsTheyAre() throws IOException {
        SavedValueSerializer serializer = new SavedValueSerializer();
        for (Object value : new Object[] {"a", new Reading("s", 1), null, 1L}) {
            byte[] bytes = written(serializer, new SavedValue(value));
            SavedValue saved = read(serializer, bytes);
            assertEquals(value, saved.value());
            assertArrayEquals(bytes, written(serializer, saved));
        }
    }

    @Test
    void anEntryThatIsOfferedAgainIsTheSame() throws IOException {
        long[] state = {1};
        assertEquals(new SavedValue(state), new SavedValue(state));
        assertEquals(new SavedValue(state).hashCode(), new SavedValue(state).hashCode());
        assertNotEquals(new SavedValue(1L), new SavedValue(2L));
        SavedValueSerializer serializer = new SavedValueSerializer();
        byte[] bytes = written(serializer, new SavedValue(state));
        assertEquals(read(serializer, bytes), read(serializer, bytes));
        assertNotEquals(new SavedKey("a", 0, 1, "k"), new SavedKey("a", 0, 2, "k"));
    }

    @Test
    void namesTheStageWhoseKeyCannotBeSaved() {
        GridException e = assertThrows(GridException.class, () -> written(
                new SavedKeySerializer(), new SavedKey("window", 0, 0, new Object())));
        assertTrue(e.getMessage().startsWith("stage 'window': a key of its state cannot be sent"), e.getMessage());
    }

    @Test
    void damagedBytesGiveAnErrorAndNothingElse() throws IOException {
        Random random = new Random(1);
        Batch batch = new Batch();
        for (int row = 0; row < 20; row++) {
            batch.add(row, row % 2 == 0 ? new Reading("s" + row, row) : (Object) "text");
        }
        RowsSerializer rows = new RowsSerializer();
        SavedKeySerializer keys = new SavedKeySerializer();
        SavedValueSerializer values = new SavedValueSerializer();
        byte[] rowsBytes = written(rows, new Rows(5, 1, batch));
        byte[] keyBytes = written(keys, new SavedKey("window", 3, 1_000, "card"));
        byte[] valueBytes = written(values, new SavedValue(new long[] {1, 2, 3}));
        int refused = 0;
        for (int i = 0; i < 20_000; i++) {
            refused += isRefused(() -> read(rows, damaged(rowsBytes, random)).batch()) ? 1 : 0;
            refused += isRefused(() -> read(keys, damaged(keyBytes, random)).key()) ? 1 : 0;
            refused += isRefused(() -> read(values, damaged(valueBytes, random)).value()) ? 1 : 0;
        }
        assertTrue(refused > 20_000, "refused " + refused);
    }

    private interface ReadFn {
        Object read() throws IOException;
    }

    private static boolean isRefused(ReadFn reading) {
        try {
            reading.read();
            return false;
        } catch (IOException | UncheckedIOException | GridException e) {
            return true;
        }
    }

    private static byte[] damaged(byte[] bytes, Random random) {
        byte[] damaged = bytes.clone();
        if (random.nextInt(4) == 0) {
            return Arrays.copyOf(damaged, random.nextInt(damaged.length));
        }
        damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
        return damaged;
    }
}

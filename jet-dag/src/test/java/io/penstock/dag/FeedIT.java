package io.penstock.dag;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import io.penstock.grid.MapRef;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeedIT {

    private static final MapRef<Long, Long> NUMBERS = MapRef.of("numbers", Long.class, Long.class);

    private static volatile CountDownLatch gate = new CountDownLatch(0);

    private final Grid grid = Grid.embedded();
    private final Pipeline pipeline = Pipeline.create();

    @AfterEach
    void closeGrid() {
        gate.countDown();
        grid.close();
    }

    @Test
    void takesWhatManyThreadsOfferAndEndsTheJobWhenItIsClosed() throws InterruptedException {
        pipeline.readFrom(Sources.feed("numbers", Long.class, 16))
                .withTimestamps(i -> i, Duration.ofDays(1))
                .groupingKey(i -> i % 7)
                .mapStateful(Duration.ofDays(1), () -> new long[1], (state, key, i) -> i)
                .writeTo(Sinks.noop());
        pipeline.readFrom(Sources.feed("others", String.class)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid, o -> o.workers(2)).submit(pipeline);
        Feed<Long> numbers = job.feed("numbers", Long.class);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Thread thread = new Thread(() -> offerAll(numbers, 5_000));
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        numbers.close();
        job.<String>feed("others").close();
        job.join();
        assertEquals(20_000, job.metrics().eventsOut("numbers"));
    }

    private static void offerAll(Feed<Long> feed, int count) {
        for (long i = 0; i < count; i++) {
            while (!feed.offer(i)) {
                Thread.yield();
            }
        }
    }

    @Test
    void isBoundedAndSaysSo() throws InterruptedException {
        gate = new CountDownLatch(1);
        pipeline.readFrom(Sources.feed("numbers", Long.class, 8))
                .map(i -> {
                    gate.await();
                    return i;
                })
                .writeTo(Sinks.map(NUMBERS, i -> i));
        Job job = Jobs.of(grid, o -> o.workers(1)).submit(pipeline);
        Feed<Long> numbers = job.feed("numbers");
        long taken = 0;
        while (numbers.offer(taken)) {
            taken++;
        }
        assertTrue(taken >= 8 && taken <= 8 + 256, "taken " + taken);
        gate.countDown();
        while (!numbers.offer(taken)) {
            Thread.yield();
        }
        numbers.close();
        job.join();
        assertEquals(taken + 1, grid.map(NUMBERS).size());
    }

    @Test
    void feedsAServedPipelineToo() throws Exception {
        Stage<Long> fed = pipeline.readFrom(Sources.feed("limits", Long.class));
        pipeline.readFrom(Sources.calls("numbers", Long.class))
                .merge(fed.map(i -> -i))
                .withTimestamps(i -> 0, Duration.ZERO)
                .groupingKey(i -> 0)
                .mapStateful(Duration.ofHours(1), () -> new long[1], (state, key, i) -> {
                    state[0] = i < 0 ? -i : state[0];
                    return i < 0 ? i : Math.min(i, state[0]);
                })
                .writeTo(Sinks.reply());
        Call<Long, Long> limited = Jobs.of(grid, o -> o.workers(2)).serve("limited", pipeline);
        Feed<Long> limits = limited.job().feed("limits", Long.class);
        assertTrue(limits.offer(5L));
        long answer = 0;
        while (answer == 0) {
            answer = limited.ask(9L, Duration.ofSeconds(30)).toCompletableFuture().get();
        }
        assertEquals(5, answer);
        assertEquals(1, limited.job().metrics().count("reply", "without.call"));
        limits.close();
        limited.close();
        assertEquals(JobStatus.COMPLETED, limited.job().status());
    }

    @Test
    void namesWhatIsWrong() throws InterruptedException {
        pipeline.readFrom(Sources.feed("numbers", Long.class)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline, o -> o.name("adder"));
        assertEquals("feed 'numbers' takes java.lang.Long, not java.lang.String",
                assertThrows(IllegalArgumentException.class, () -> job.feed("numbers", String.class)).getMessage());
        assertEquals("job 'adder' has no feed 'x', only [numbers]; add readFrom(Sources.feed(\"x\", ...))",
                assertThrows(IllegalArgumentException.class, () -> job.feed("x", Long.class)).getMessage());
        Feed<Object> wrong = job.feed("numbers");
        assertThrows(IllegalArgumentException.class, () -> wrong.offer("x"));
        assertThrows(NullPointerException.class, () -> wrong.offer(null));
        assertThrows(IllegalArgumentException.class, () -> Sources.feed("x", Long.class, 0));
        job.cancel();
        assertThrows(RuntimeException.class, job::join);
        assertEquals("feed 'numbers' takes no events: its job has ended; see job.completion()",
                assertThrows(IllegalStateException.class, () -> wrong.offer(1L)).getMessage());
    }

    @Test
    void takesNothingAfterItIsClosed() throws InterruptedException {
        pipeline.readFrom(Sources.feed("numbers", Long.class)).writeTo(Sinks.noop());
        Job job = Jobs.of(grid).submit(pipeline);
        Feed<Long> numbers = job.feed("numbers", Long.class);
        numbers.close();
        numbers.close();
        assertThrows(IllegalStateException.class, () -> numbers.offer(1L));
        job.join();
        assertFalse(job.status() == JobStatus.RUNNING);
    }
}

package io.penstock.grid.cluster.member;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.grid.Grid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Member processes never outlive who started them. */
class MemberProcessIT {

    private static final int HEAP_MB = 32;
    private static final long END_SECONDS_MAX = 60;

    /** Never joins. */
    static final class Stuck implements MemberProgram {

        @Override
        public Grid join(String cluster, List<String> addresses) {
            System.out.println(MemberMain.FAULT + "is stuck");
            try {
                new CountDownLatch(1).await();
                throw new AssertionError("nobody counts down");
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /** Starts a member process itself, which has begun to join when the answer comes: its id. */
    static final class Parent implements MemberProgram {

        @Override
        public Grid join(String cluster, List<String> addresses) {
            throw new UnsupportedOperationException();
        }

        @Override
        public String answer(Grid grid, List<String> words, Consumer<String> faults) {
            CountDownLatch isStuck = new CountDownLatch(1);
            try {
                MemberProcess child = MemberProcess.start(
                        new MemberJvm(Stuck.class, HEAP_MB, List.of()), "child", fault -> isStuck.countDown());
                child.join("none", List.of());
                assertTrue(isStuck.await(END_SECONDS_MAX, TimeUnit.SECONDS), child::output);
                return Long.toString(child.pid());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Test
    void oneThatIsAtACommandEndsWithAParentThatIsKilled() throws Exception {
        try (MemberProcess parent =
                MemberProcess.start(new MemberJvm(Parent.class, HEAP_MB, List.of()), "parent", fault -> {})) {
            ProcessHandle child = ProcessHandle.of(Long.parseLong(parent.ask("start"))).orElseThrow();
            try {
                assertTrue(child.isAlive());
                parent.kill();
                child.onExit().get(END_SECONDS_MAX, TimeUnit.SECONDS);
            } finally {
                child.destroyForcibly();
            }
        }
    }
}

package io.penstock.infer;

import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import io.penstock.infer.engine.OnnxEngine;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An engine of a member: loads what a {@link FakeEngine} loads, and ONNX, unless it is told to refuse or to wait. */
final class GatedEngine implements ModelEngine {

    final FakeEngine fake = new FakeEngine();
    private final ModelEngine onnx = new OnnxEngine();
    private volatile boolean refuses;
    private volatile Gate gate;

    /** Where a load waits until it is opened. */
    static final class Gate {

        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        /** Until a load waits here. */
        void awaitReached() throws InterruptedException {
            if (!reached.await(60, TimeUnit.SECONDS)) {
                throw new AssertionError("nobody loads");
            }
        }

        void open() {
            opened.countDown();
        }
    }

    void refuse(boolean refuses) {
        this.refuses = refuses;
    }

    /** All loads from now on wait at the gate. */
    Gate shut() {
        gate = new Gate();
        return gate;
    }

    @Override
    public LoadedModel load(byte[] bytes) throws EngineException {
        Gate at = gate;
        if (at != null) {
            at.reached.countDown();
            awaitOpen(at);
        }
        if (refuses) {
            throw new EngineException("this machine cannot");
        }
        boolean isFake = new String(bytes, 0, Math.min(4, bytes.length), StandardCharsets.UTF_8).equals("fake");
        return isFake ? fake.load(bytes) : onnx.load(bytes);
    }

    /** As native code does, it takes no notice of an interrupt. */
    private static void awaitOpen(Gate at) {
        boolean interrupted = false;
        while (true) {
            try {
                at.opened.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.penstock.infer;

import io.penstock.infer.ModelInfo.Tensor;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import io.penstock.infer.engine.Scorer;
import io.penstock.infer.engine.Signature;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An engine in plain Java, whose models multiply the sum of a row by a factor, and which notes every misuse that would
 * crash a native one.
 */
final class FakeEngine implements ModelEngine {

    /** A value on which a model with a poison fails the whole batch. */
    static final float POISON = 666;

    final AtomicInteger loads = new AtomicInteger();
    final AtomicInteger open = new AtomicInteger();
    final Set<String> loadingThreads = ConcurrentHashMap.newKeySet();
    final Queue<String> misuses = new ConcurrentLinkedQueue<>();

    /** A model with an input {@code x} of that many columns and an output {@code score}. */
    static byte[] model(int columnCount, float factor) {
        return ("fake " + columnCount + " " + factor).getBytes(StandardCharsets.UTF_8);
    }

    /** A model that fails every batch in which a value is {@link #POISON}. */
    static byte[] poisonable(int columnCount) {
        return ("fake " + columnCount + " 1 poisonable").getBytes(StandardCharsets.UTF_8);
    }

    /** A model that loads but cannot score. */
    static byte[] unable(int columnCount) {
        return ("fake " + columnCount + " 1 unable").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public LoadedModel load(byte[] bytes) throws EngineException {
        String[] words = new String(bytes, StandardCharsets.UTF_8).split(" ");
        if (words.length < 3 || !words[0].equals("fake")) {
            throw new EngineException("not a fake model");
        }
        loads.incrementAndGet();
        open.incrementAndGet();
        loadingThreads.add(Thread.currentThread().getName());
        return new Model(
                Integer.parseInt(words[1]), Float.parseFloat(words[2]), words.length > 3 ? words[3] : "");
    }

    private final class Model implements LoadedModel {

        private final int columnCount;
        private final float factor;
        private final String flaw;
        private final AtomicInteger running = new AtomicInteger();
        private volatile boolean closed;

        Model(int columnCount, float factor, String flaw) {
            this.columnCount = columnCount;
            this.factor = factor;
            this.flaw = flaw;
        }

        @Override
        public Signature signature() {
            return new Signature(
                    List.of(new Tensor("x", "float32", List.of(-1L, (long) columnCount))),
                    List.of(new Tensor("score", "float32", List.of(-1L, 1L))));
        }

        @Override
        public Scorer newScorer(int rowsMax) {
            return new FakeScorer(this, rowsMax);
        }

        @Override
        public void close() {
            if (closed) {
                misuses.add("closed twice");
            }
            if (running.get() > 0) {
                misuses.add("closed while it runs");
            }
            closed = true;
            open.decrementAndGet();
        }
    }

    private final class FakeScorer implements Scorer {

        private final Model model;
        private final float[] input;
        private final float[] scores;

        FakeScorer(Model model, int rowsMax) {
            this.model = model;
            input = new float[rowsMax * model.columnCount];
            scores = new float[rowsMax];
        }

        @Override
        public float[] input() {
            return input;
        }

        @Override
        public float[] output(int ordinal) {
            return scores;
        }

        @Override
        public void score(int rowCount) throws EngineException {
            model.running.incrementAndGet();
            try {
                if (model.closed) {
                    misuses.add("run after it was closed");
                }
                for (int row = 0; row < rowCount; row++) {
                    scores[row] = model.factor * sum(row * model.columnCount);
                }
            } finally {
                model.running.decrementAndGet();
            }
        }

        private float sum(int base) throws EngineException {
            float sum = 0;
            for (int i = base; i < base + model.columnCount; i++) {
                if (model.flaw.equals("unable") || model.flaw.equals("poisonable") && input[i] == POISON) {
                    throw new EngineException("flaw: " + model.flaw);
                }
                sum += input[i];
            }
            return sum;
        }

        @Override
        public void close() {}
    }
}

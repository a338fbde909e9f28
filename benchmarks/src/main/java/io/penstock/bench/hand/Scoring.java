package io.penstock.bench.hand;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.penstock.bench.work.Answer;
import io.penstock.bench.work.Contender;
import io.penstock.bench.work.Features;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;

/** W4: one session for all slices, and per slice one batch of rows in direct buffers that are used again and again. */
public final class Scoring implements Contender {

    private static final int BATCH_ROWS = 256;

    /** What the scores of some events come to. */
    private record Scores(double sum, long highCount) {
        private Scores plus(Scores other) {
            return new Scores(sum + other.sum, highCount + other.highCount);
        }
    }

    private final Slices slices;
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final String input;
    private final String output;
    private List<Scores> scoresBySlice = List.of();

    public Scoring(int threadCount) throws OrtException {
        slices = new Slices(threadCount);
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(Features.model(), options);
        }
        input = session.getInputNames().iterator().next();
        output = session.getOutputNames().iterator().next();
    }

    @Override
    public void run(long count) throws Exception {
        scoresBySlice = slices.run((first, stride) -> score(first, stride, count));
    }

    private Scores score(int first, int stride, long count) throws OrtException {
        long rowCount = count <= first ? 0 : (count - first + stride - 1) / stride;
        int restRows = (int) (rowCount % BATCH_ROWS);
        long fullEnd = first + (rowCount - restRows) * stride;
        Scores scores = score(first, stride, fullEnd, BATCH_ROWS);
        return restRows == 0 ? scores : scores.plus(score(fullEnd, stride, count, restRows));
    }

    /** Scores a number of events that is a multiple of {@code batchRows}. */
    private Scores score(long first, int stride, long end, int batchRows) throws OrtException {
        float[] rows = new float[batchRows * Features.COUNT];
        FloatBuffer features = direct(rows.length);
        FloatBuffer scores = direct(batchRows);
        double sum = 0;
        long highCount = 0;
        try (OnnxTensor in = OnnxTensor.createTensor(environment, features, new long[] {batchRows, Features.COUNT});
                OnnxTensor out = OnnxTensor.createTensor(environment, scores, new long[] {batchRows, 1})) {
            Map<String, OnnxTensor> inputs = Map.of(input, in);
            Map<String, OnnxTensor> outputs = Map.of(output, out);
            for (long index = first; index < end; ) {
                for (int row = 0; row < batchRows; row++, index += stride) {
                    Features.fill(index, rows, row * Features.COUNT);
                }
                features.put(0, rows);
                session.run(inputs, outputs).close();
                for (int row = 0; row < batchRows; row++) {
                    float score = scores.get(row);
                    sum += score;
                    highCount += score > Features.HIGH ? 1 : 0;
                }
            }
        }
        return new Scores(sum, highCount);
    }

    private static FloatBuffer direct(int floatCount) {
        return ByteBuffer.allocateDirect(floatCount * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public Answer takeAnswer() {
        Scores all = scoresBySlice.stream().reduce(new Scores(0, 0), Scores::plus);
        scoresBySlice = List.of();
        return Answer.ofScores(all.sum, all.highCount);
    }

    @Override
    public void close() {
        slices.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session of the model cannot be closed", e);
        }
    }
}

package io.penstock.bench.ask;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.penstock.bench.work.Features;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMap;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.HashMap;
import java.util.Map;

/** The same look-up, state and model, one after the other on the thread of the caller. */
final class ByHand implements Decider {

    private final Grid grid = Grid.embedded();
    private final GridMap<String, Payment.Merchant> merchants = grid.map(ByPipeline.MERCHANTS);
    private final Map<Integer, CardStats> cards = new HashMap<>();
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final FloatBuffer features = direct(FEATURES);
    private final FloatBuffer score = direct(1);
    private final OnnxTensor featuresTensor;
    private final OnnxTensor scoreTensor;
    private final Map<String, OnnxTensor> inputs;
    private final Map<String, OnnxTensor> outputs;

    ByHand() throws OrtException {
        for (int number = 0; number < Payment.Merchant.COUNT; number++) {
            Payment.Merchant merchant = Payment.Merchant.of(number);
            merchants.put(merchant.id(), merchant);
        }
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            session = environment.createSession(Features.model(), options);
        }
        featuresTensor = OnnxTensor.createTensor(environment, features, new long[] {1, FEATURES});
        scoreTensor = OnnxTensor.createTensor(environment, score, new long[] {1, 1});
        inputs = Map.of(session.getInputNames().iterator().next(), featuresTensor);
        outputs = Map.of(session.getOutputNames().iterator().next(), scoreTensor);
    }

    private static FloatBuffer direct(int floatCount) {
        return ByteBuffer.allocateDirect(floatCount * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    }

    @Override
    public void decide(int call, Payment payment, Answers answers) {
        try {
            Payment.Merchant merchant = merchants.get(payment.merchantId());
            double mean = cards.computeIfAbsent(payment.card(), ignored -> new CardStats()).add(payment);
            features.put(0, (float) payment.amount()).put(1, merchant.risk()).put(2, (float) mean);
            session.run(inputs, outputs).close();
            answers.score(call, score.get(0));
        } catch (OrtException e) {
            answers.failure(call, e);
        }
    }

    @Override
    public void close() {
        featuresTensor.close();
        scoreTensor.close();
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("the session of the model cannot be closed", e);
        }
        grid.close();
    }
}

package io.penstock.demo;

import ai.onnx.proto.OnnxMl.ModelProto;
import io.penstock.demo.DelayTrainer.Scaling;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.tribuo.classification.liblinear.LibLinearClassificationModel;
import org.tribuo.util.onnx.ONNXContext;
import org.tribuo.util.onnx.ONNXNode;
import org.tribuo.util.onnx.ONNXOperators;
import org.tribuo.util.onnx.ONNXPlaceholder;

/** A model as Tribuo has trained it, with the scaling that its columns need. */
final class TrainedDelay {

    private static final int ONNX_IR_VERSION = 8;

    private final LibLinearClassificationModel model;
    private final Scaling scaling;

    TrainedDelay(LibLinearClassificationModel model, Scaling scaling) {
        this.model = model;
        this.scaling = scaling;
    }

    /** How likely the flight is late, by Tribuo itself. */
    double score(float[] features) {
        return model.predict(DelayTrainer.example(scaling, features, DelayTrainer.NOT_LATE))
                .getOutputScores().get(DelayTrainer.LATE.getLabel()).getScore();
    }

    /**
     * The model in the form in which a grid takes it: from the whole row of features, of which it may look at the first
     * ones only, to the probability of a late arrival. So all models have one signature, and one can replace another.
     *
     * <pre>{@code
     * features float32[?, n] > its columns > - means > / deviations > Tribuo's graph > late > probability float32[?, 1]
     * }</pre>
     */
    byte[] onnx() {
        int columnCount = scaling.columnCount();
        ONNXContext graph = new ONNXContext();
        graph.setName(FlightModel.NAME);
        ONNXPlaceholder features = graph.floatInput("features", FlightFeatures.NAMES.size());
        ONNXPlaceholder probability = graph.floatOutput(FlightModel.PROBABILITY, 1);

        int[] columns = IntStream.range(0, columnCount).toArray();
        ONNXNode scaled = features
                .apply(ONNXOperators.GATHER, graph.array("columns", columns), Map.of("axis", 1))
                .apply(ONNXOperators.SUB, graph.array("means", scaling.means()))
                .apply(ONNXOperators.DIV, graph.array("deviations", scaling.deviations()));
        int late = model.getOutputIDInfo().getID(DelayTrainer.LATE);
        model.writeONNXGraph(scaled)
                .apply(ONNXOperators.GATHER, graph.array("late", new int[] {late}), Map.of("axis", 1))
                .assignTo(probability);

        return ModelProto.newBuilder()
                .setIrVersion(ONNX_IR_VERSION)
                .setProducerName("penstock-demo")
                .addOpsetImport(ONNXOperators.getOpsetProto())
                .setGraph(graph.buildGraph())
                .build()
                .toByteArray();
    }

    /** The names of the columns that it looks at. */
    List<String> columns() {
        return FlightFeatures.NAMES.subList(0, scaling.columnCount());
    }
}

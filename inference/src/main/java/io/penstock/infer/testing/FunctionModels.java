package io.penstock.infer.testing;

import io.penstock.grid.Grid;
import io.penstock.infer.DeployOptions;
import io.penstock.infer.ModelVersion;
import io.penstock.infer.Models;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.FunctionModel;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import io.penstock.infer.engine.OnnxEngine;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Models that are functions in plain Java, in the same grid as ONNX models: deployed, versioned and scored through the
 * same code, but for the last step. Their rows may have any number of values.
 *
 * <p>Thread-safe, if the functions are.
 */
public final class FunctionModels {

    /** A model. */
    @FunctionalInterface
    public interface Function {

        /**
         * Scores a row.
         *
         * @param row the values that the stage has put; a copy
         * @return the row's values by output; those under {@link #ANY_OUTPUT} are found under every other name too
         */
        Map<String, float[]> score(float[] row) throws Exception;
    }

    /** The name of an output that is found under whatever name it is asked for. */
    public static final String ANY_OUTPUT = FunctionModel.ANY_OUTPUT;

    private final Models models;
    private final FunctionEngine engine;

    private FunctionModels(Models models, FunctionEngine engine) {
        this.models = models;
        this.engine = engine;
    }

    /**
     * Lets a grid take such models, too; to be called once, before any other use of the grid's models.
     *
     * @param nowMs the time of rows that have none, in ms since the epoch
     */
    public static FunctionModels of(Grid grid, LongSupplier nowMs) {
        FunctionEngine engine = new FunctionEngine();
        return new FunctionModels(Models.of(grid, engine, Models.BYTES_MAX, nowMs), engine);
    }

    /**
     * Lets another grid of this JVM take such models, and the same functions: for members of one cluster; as {@link #of}.
     */
    public FunctionModels on(Grid other, LongSupplier nowMs) {
        return new FunctionModels(Models.of(other, engine, Models.BYTES_MAX, nowMs), engine);
    }

    /** Makes a function the only version of a model: {@link #deploy(String, Function, Consumer)} without a time. */
    public ModelVersion deploy(String name, Function function) {
        return deploy(name, function, options -> {});
    }

    /**
     * Makes a function a version of a model, as {@link Models#deploy(String, byte[], Consumer)} does with ONNX.
     *
     * @throws io.penstock.infer.ModelException if the name or the time is not one that it can have
     */
    public ModelVersion deploy(String name, Function function, Consumer<DeployOptions> settings) {
        return models.deploy(name, engine.bytesOf(function), settings);
    }

    /** Knows functions by bytes that stand for them, and takes all other bytes for ONNX. */
    private static final class FunctionEngine implements ModelEngine {

        private final ModelEngine onnx = new OnnxEngine();
        private final Map<String, Function> functions = new ConcurrentHashMap<>();

        byte[] bytesOf(Function function) {
            String text;
            synchronized (functions) {
                text = "function " + (functions.size() + 1) + " of a test, in plain Java";
                functions.put(text, function);
            }
            return text.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public LoadedModel load(byte[] bytes) throws EngineException {
            Function function = functions.get(new String(bytes, StandardCharsets.UTF_8));
            return function == null ? onnx.load(bytes) : (FunctionModel) function::score;
        }
    }
}

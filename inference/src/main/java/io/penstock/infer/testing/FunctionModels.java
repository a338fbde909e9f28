package io.penstock.infer.testing;

import io.penstock.grid.Grid;
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

    /** Lets a grid take such models, too; to be called once, before any other use of the grid's models. */
    public static FunctionModels of(Grid grid) {
        FunctionEngine engine = new FunctionEngine();
        return new FunctionModels(Models.of(grid, engine, Models.BYTES_MAX), engine);
    }

    /**
     * Makes a function the current version of a model, as {@link Models#deploy(String, byte[])} does with an ONNX model.
     *
     * @throws io.penstock.infer.ModelException if the name is not one that a model can have
     */
    public ModelVersion deploy(String name, Function function) {
        return models.deploy(name, engine.bytesOf(function));
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

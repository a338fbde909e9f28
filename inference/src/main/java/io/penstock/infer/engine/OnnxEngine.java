package io.penstock.infer.engine;

import ai.onnxruntime.MapInfo;
import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import io.penstock.infer.ModelInfo.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * ONNX Runtime. Its native library is loaded with the first model.
 *
 * <p>A model runs on the thread that calls it: one thread within and between operators, and none that spins. ONNX
 * Runtime's environment is one for the JVM and belongs to nobody; it is used with its defaults and never closed.
 */
public final class OnnxEngine implements ModelEngine {

    @Override
    public LoadedModel load(byte[] bytes) throws EngineException {
        OrtEnvironment environment = environment();
        try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setInterOpNumThreads(1);
            options.addConfigEntry("session.intra_op.allow_spinning", "0");
            options.addConfigEntry("session.inter_op.allow_spinning", "0");
            // What goes wrong is thrown; ONNX Runtime would also write it, with values of the row, to standard error.
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            return loaded(environment, environment.createSession(bytes, options));
        } catch (OrtException | RuntimeException e) {
            throw failed(e);
        }
    }

    private static LoadedModel loaded(OrtEnvironment environment, OrtSession session) throws OrtException {
        try {
            Signature signature = new Signature(
                    tensors(session.getInputInfo().values()), tensors(session.getOutputInfo().values()));
            return new OnnxModel(environment, session, signature);
        } catch (OrtException | RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static OrtEnvironment environment() throws EngineException {
        try {
            return OrtEnvironment.getEnvironment();
        } catch (LinkageError | RuntimeException e) {
            throw EngineException.missing("ONNX Runtime does not start on " + System.getProperty("os.name") + " "
                    + System.getProperty("os.arch") + " (" + rootOf(e) + "); its native library needs Linux with glibc"
                    + " or Windows on x64, or Linux with glibc or macOS on aarch64, and a temporary folder that can"
                    + " be written");
        }
    }

    private static Throwable rootOf(Throwable e) {
        return e.getCause() == null ? e : rootOf(e.getCause());
    }

    private static List<Tensor> tensors(Iterable<NodeInfo> nodes) {
        List<Tensor> tensors = new ArrayList<>();
        for (NodeInfo node : nodes) {
            tensors.add(tensor(node));
        }
        return tensors;
    }

    private static Tensor tensor(NodeInfo node) {
        if (node.getInfo() instanceof TensorInfo info) {
            List<Long> shape = Arrays.stream(info.getShape()).boxed().toList();
            return new Tensor(node.getName(), typeName(info), shape);
        }
        String kind = node.getInfo() instanceof MapInfo ? "map" : "sequence";
        return new Tensor(node.getName(), kind, List.of());
    }

    private static String typeName(TensorInfo info) {
        return switch (info.type) {
            case FLOAT -> "float32";
            case DOUBLE -> "float64";
            default -> info.type.name().toLowerCase(Locale.ROOT);
        };
    }

    /** What ONNX Runtime said, without its types, which others need not have on their class path. */
    static EngineException failed(Exception e) {
        return new EngineException(
                e instanceof OrtException ort ? ort.getMessage() : e.getClass().getSimpleName() + ": " + e.getMessage());
    }
}

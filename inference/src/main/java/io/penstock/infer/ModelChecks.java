package io.penstock.infer;

import io.penstock.dag.operator.Batch;
import io.penstock.infer.ModelException.Code;
import io.penstock.infer.engine.EngineException;
import io.penstock.infer.engine.LoadedModel;
import io.penstock.infer.engine.ModelEngine;
import io.penstock.infer.engine.RowLayout;
import io.penstock.infer.engine.Scorer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** What a model must be before it scores anything. */
final class ModelChecks {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,200}");

    private ModelChecks() {}

    static void checkName(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new ModelException(Code.BAD_NAME, "the name of a model must be 1 to 200 letters, digits, '.', '_' or"
                    + " '-', but is " + (name == null ? "null" : "'" + name + "'"));
        }
    }

    static void checkSize(String name, long size, long sizeMax) {
        if (size > sizeMax) {
            throw new ModelException(Code.TOO_LARGE, "model '" + name + "' has " + size + " bytes or more, and a grid"
                    + " takes up to " + sizeMax + "; make it smaller, for example by quantization");
        }
    }

    static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Refuses bytes that are not those that were deployed: many damaged models load and are silently wrong. */
    static void checkUndamaged(ModelInfo info, byte[] bytes) {
        String found = sha256(bytes);
        if (!found.equals(info.sha256())) {
            throw new ModelException(Code.DAMAGED, info.modelVersion() + ": its bytes in the grid are damaged:"
                    + " their SHA-256 is " + found + ", but was " + info.sha256()
                    + " when it was deployed; deploy it again");
        }
    }

    /** Loads a model and lets it score, so that it is known to work; on a refusal nothing stays loaded. */
    static LoadedModel load(ModelEngine engine, String name, byte[] bytes) {
        LoadedModel loaded = parse(engine, name, bytes);
        try {
            checkSupported(name, loaded);
            warmUp(name, loaded);
            return loaded;
        } catch (RuntimeException | Error e) {
            loaded.close();
            throw e;
        }
    }

    private static LoadedModel parse(ModelEngine engine, String name, byte[] bytes) {
        try {
            return engine.load(bytes);
        } catch (EngineException e) {
            if (e.isEngineMissing()) {
                throw new ModelException(Code.NO_ENGINE, "model '" + name + "' cannot be loaded: " + e.getMessage(), e);
            }
            throw new ModelException(Code.BAD_MODEL, "model '" + name + "': its " + bytes.length + " bytes are not an"
                    + " ONNX model that can be loaded: " + e.getMessage() + "; check the file, or export it again", e);
        }
    }

    private static void checkSupported(String name, LoadedModel loaded) {
        try {
            RowLayout.of(loaded.signature());
        } catch (EngineException e) {
            throw new ModelException(
                    Code.UNSUPPORTED_SIGNATURE, "model '" + name + "' cannot be scored with: " + e.getMessage(), e);
        }
    }

    /** Scores one row, and as many as ever come at once, all zero. */
    private static void warmUp(String name, LoadedModel loaded) {
        try (Scorer scorer = loaded.newScorer(Batch.CAPACITY)) {
            scorer.score(1);
            scorer.score(Batch.CAPACITY);
        } catch (EngineException e) {
            throw new ModelException(Code.WARM_UP_FAILED, "model '" + name + "' loads, but fails to score rows of zeros,"
                    + " one or " + Batch.CAPACITY + " at once: " + e.getMessage() + "; check that its first dimension is"
                    + " the batch and may have any size", e);
        }
    }

    /** Refuses a version from an event time on, if there is none for the events before it. */
    static void checkScoresAll(ModelInfo first) {
        if (first.isFromATime()) {
            throw new ModelException(Code.NO_PREDECESSOR, first.modelVersion() + " is to score from event time "
                    + Instant.ofEpochMilli(first.fromMs()) + " on, but there is no version for the events before; deploy"
                    + " one without from(...) first");
        }
    }

    /** Refuses one version too many, while the oldest one's events, those before a time, may still come to a stage. */
    static void checkPassed(boolean hasPassed, ModelInfo next, long neededBeforeMs) {
        if (!hasPassed) {
            throw new ModelException(Code.TOO_MANY_VERSIONS, next.modelVersion() + ": a grid keeps up to "
                    + Models.VERSIONS_MAX + " versions of a model, and a running job may still get events for the oldest"
                    + " of them, for its watermark has not passed " + Instant.ofEpochMilli(neededBeforeMs)
                    + "; deploy later, or without from(...) to replace them all");
        }
    }

    /** Refuses a model that could not take its predecessor's place in a running job. */
    static void checkSameSignature(ModelInfo before, ModelInfo next) {
        boolean sameInputs = before.inputs().equals(next.inputs());
        if (sameInputs && before.outputs().equals(next.outputs())) {
            return;
        }
        throw new ModelException(Code.SIGNATURE_CHANGED, before.modelVersion() + " has "
                + (sameInputs ? "outputs " + before.outputs() : "inputs " + before.inputs())
                + ", but the model that is to replace it has " + (sameInputs ? next.outputs() : next.inputs())
                + "; deploy it under another name, or remove '" + before.name() + "' first");
    }

    /** What a use of models says after their end. */
    static ModelException closed(String gridName) {
        return new ModelException(Code.CLOSED, "the models of grid '" + gridName + "' are closed; use them before the"
                + " grid is closed, or open another grid");
    }
}

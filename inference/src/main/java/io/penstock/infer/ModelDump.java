package io.penstock.infer;

import static java.util.stream.Collectors.joining;

import java.time.Instant;

/** A version of a model as a line for people. */
final class ModelDump {

    private ModelDump() {}

    /** @param slot where this JVM keeps the model, or null */
    static String line(ModelInfo info, ModelSlot slot) {
        String from = info.isFromATime() ? " from event time " + Instant.ofEpochMilli(info.fromMs()) : "";
        return "  " + info.modelVersion() + from + ", " + info.size() + " bytes, sha256 " + info.sha256() + ": "
                + info.inputs() + " -> " + info.outputs() + ", " + describeHere(slot) + "\n";
    }

    private static String describeHere(ModelSlot slot) {
        Schedule loaded = slot == null ? null : slot.current();
        return loaded == null
                ? "not loaded here"
                : loaded.versions().stream().map(version -> "v" + version.info().version()).collect(joining(", "))
                        + " loaded here, used by " + slot.attached() + " stage instances";
    }
}

package io.penstock.dag.wire;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The names of classes as they are written: those of ours that are in every snapshot by number, which no name is. */
final class ClassNames {

    /** Their places are part of what members must agree on: new ones go to the end. */
    static final List<String> KNOWN = List.of(
            "io.penstock.dag.step.Partial",
            "io.penstock.dag.step.WindowFrames$Saved",
            "io.penstock.dag.step.KeyedState$Saved",
            "io.penstock.dag.KeyedWindowResult",
            "io.penstock.dag.Failure",
            "io.penstock.grid.MapChange",
            "io.penstock.grid.MapChange$Kind",
            "io.penstock.dag.host.HostKey");

    private static final Map<String, String> NUMBERS = new HashMap<>();

    static {
        for (int i = 0; i < KNOWN.size(); i++) {
            NUMBERS.put(KNOWN.get(i), Integer.toString(i));
        }
    }

    private ClassNames() {}

    static String written(Class<?> type) {
        return NUMBERS.getOrDefault(type.getName(), type.getName());
    }

    /** The name of a class as {@link Class#getName()} gives it. */
    static String read(String written) {
        if (written.isEmpty() || written.charAt(0) > '9' || written.charAt(0) < '0' || written.length() > 3) {
            return written;
        }
        for (int i = 0; i < KNOWN.size(); i++) {
            if (NUMBERS.get(KNOWN.get(i)).equals(written)) {
                return KNOWN.get(i);
            }
        }
        return written;
    }
}

package io.penstock.infer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Expects a {@link ModelException} of a code, whose message holds what its reader needs. */
final class Refused {

    private Refused() {}

    static ModelException with(ModelException.Code code, Executable use, String... told) {
        ModelException refusal = assertThrows(ModelException.class, use);
        assertEquals(code, refusal.code(), refusal.getMessage());
        for (String part : told) {
            assertTrue(refusal.getMessage().contains(part), () -> "missing: " + part + " in: " + refusal.getMessage());
        }
        return refusal;
    }
}

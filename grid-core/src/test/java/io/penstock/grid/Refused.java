package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.function.Executable;

/** Expects a {@link GridException} of a code, whose message holds what its reader needs. */
public final class Refused {

    private Refused() {}

    public static void with(GridException.Code code, Executable use, String... told) {
        GridException refusal = assertThrows(GridException.class, use);
        assertEquals(code, refusal.code(), refusal.getMessage());
        for (String part : told) {
            assertTrue(refusal.getMessage().contains(part), () -> "missing: " + part + " in: " + refusal.getMessage());
        }
    }
}

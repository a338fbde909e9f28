package io.penstock.bench.codec;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class CodecBenchTest {

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int bench(String... arguments) {
        return CodecBench.commandLine().setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    @Test
    void everySystemGivesTheOrderBack() {
        assertEquals(0, bench("--n", "100"), err::toString);
        assertEquals(1 + Candidate.NAMES.size(), out.toString().lines().count(), out::toString);
        Candidate.NAMES.forEach(name -> assertTrue(out.toString().contains("\n" + name), name));
    }

    @Test
    void refusesWhatDoesNotExist() {
        assertEquals(2, bench("--systems", "java"));
        assertEquals(2, bench("--n", "0"));
        assertTrue(err.toString().contains("there are: penstock, fory, kryo"), err::toString);
        assertTrue(err.toString().contains("--n must be from 1 to"), err::toString);
    }
}

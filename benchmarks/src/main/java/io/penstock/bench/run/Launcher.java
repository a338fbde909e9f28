package io.penstock.bench.run;

/** Measures one run somewhere. */
@FunctionalInterface
public interface Launcher {

    /** @throws IllegalStateException if the run failed or took too long; the message says which it was */
    Measurement measure(Order order) throws Exception;
}

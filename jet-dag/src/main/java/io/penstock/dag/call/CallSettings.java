package io.penstock.dag.call;

import io.penstock.dag.FunctionEx;
import java.time.Duration;

/**
 * What the user of a served pipeline has declared.
 *
 * @param onTimeout the answer when the time is up, or null for a failure
 * @param onNoAnswer the answer when the pipeline has none, or null for a failure
 */
public record CallSettings<I, O>(
        int inFlightMax,
        Duration timeoutMax,
        FunctionEx<? super I, ? extends O> onTimeout,
        FunctionEx<? super I, ? extends O> onNoAnswer) {}

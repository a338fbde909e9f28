package io.penstock.bench.latency;

import org.HdrHistogram.Histogram;

/** Percentiles of latencies, in milliseconds. */
public record Latencies(double p50Ms, double p99Ms, double p999Ms, double maxMs) {

    private static final double NS_PER_MS = 1e6;

    static Latencies of(Histogram histogramNs) {
        return new Latencies(
                histogramNs.getValueAtPercentile(50) / NS_PER_MS,
                histogramNs.getValueAtPercentile(99) / NS_PER_MS,
                histogramNs.getValueAtPercentile(99.9) / NS_PER_MS,
                histogramNs.getMaxValue() / NS_PER_MS);
    }
}

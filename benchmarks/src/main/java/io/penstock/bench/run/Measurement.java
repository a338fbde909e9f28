package io.penstock.bench.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.penstock.bench.latency.Latencies;

/**
 * What one run came to.
 *
 * @param wallNs from handing the work over to having complete results
 * @param cpuNs of this process, all threads and the collector included
 * @param allocatedBytes by all threads meanwhile, negative if that is not known
 * @param otherCores how many cores others kept busy meanwhile, NaN if that is not known
 * @param stolenCores how many cores the hypervisor gave to other machines meanwhile, NaN if that is not known
 * @param latencies null but for the workload that measures them
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Measurement(
        String answer,
        long count,
        long wallNs,
        long cpuNs,
        long allocatedBytes,
        double otherCores,
        double stolenCores,
        Latencies latencies) {

    /** Events per second. */
    double rate() {
        return count * 1e9 / Math.max(1, wallNs);
    }

    /** The steadiest figure on a machine that others use too. */
    double cpuNsPerEvent() {
        return (double) cpuNs / count;
    }

    double wallNsPerEvent() {
        return (double) wallNs / count;
    }

    /** NaN if that is not known. */
    public double bytesPerEvent() {
        return allocatedBytes < 0 ? Double.NaN : (double) allocatedBytes / count;
    }
}

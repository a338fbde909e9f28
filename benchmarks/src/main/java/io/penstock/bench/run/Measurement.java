package io.penstock.bench.run;

/**
 * What one run came to.
 *
 * @param wallNs from handing the work over to having complete results
 * @param cpuNs of this process, all threads and the collector included
 * @param allocatedBytes by all threads meanwhile
 * @param otherCores how many cores others kept busy meanwhile, NaN if that is not known
 * @param stolenCores how many cores the hypervisor gave to other machines meanwhile, NaN if that is not known
 */
public record Measurement(
        String answer,
        long count,
        long wallNs,
        long cpuNs,
        long allocatedBytes,
        double otherCores,
        double stolenCores) {

    /** Events per second. */
    double rate() {
        return count * 1e9 / Math.max(1, wallNs);
    }

    /** The steadiest figure on a machine that others use too. */
    double cpuNsPerEvent() {
        return (double) cpuNs / count;
    }

    double bytesPerEvent() {
        return (double) allocatedBytes / count;
    }
}

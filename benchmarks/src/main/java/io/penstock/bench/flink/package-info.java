/**
 * Internal. The workloads on Flink, as one who knows it would write them: the DataStream API with object reuse, a source
 * chained to the functions after it, and results that stay in the JVM. The cluster runs before anything is measured.
 */
package io.penstock.bench.flink;

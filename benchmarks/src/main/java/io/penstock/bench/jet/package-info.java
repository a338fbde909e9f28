/**
 * Internal. The workloads on Hazelcast Jet, as one who knows it would write them: the pipeline API, a cooperative source
 * in which each processor makes its own slice and its own watermarks, and results that stay in the JVM.
 */
package io.penstock.bench.jet;

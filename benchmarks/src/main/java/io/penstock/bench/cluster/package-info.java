/** Internal. Clusters to measure on: one member in the JVM that is measured, the others in JVMs of their own. */
package io.penstock.bench.cluster;

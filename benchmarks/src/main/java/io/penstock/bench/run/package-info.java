/** Internal. Measuring one run in a JVM of its own, and what the runs of a system come to. */
package io.penstock.bench.run;

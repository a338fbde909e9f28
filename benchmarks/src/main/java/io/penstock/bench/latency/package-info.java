/**
 * Internal. W5: sentences that are due at moments of the wall clock, and a log of the moments at which results came out.
 * A sentence that is made late keeps the time at which it was due, so the generator's own lateness is counted.
 */
package io.penstock.bench.latency;

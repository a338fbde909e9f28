/**
 * Internal. The yardstick: each workload as plain Java that a good engineer would write for it alone, with arrays, hash
 * maps and one thread per slice of the events. It knows everything that a general system cannot know, so it stands for
 * what the hardware can do.
 */
package io.penstock.bench.hand;

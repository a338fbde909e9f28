/**
 * Internal. The workloads as a user of Penstock would write them, through the public API only: no operator, no option
 * and no order of stages that exists for the sake of a figure.
 */
package io.penstock.bench.penstock;

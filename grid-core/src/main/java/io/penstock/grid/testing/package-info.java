/**
 * What tests of maps need, whatever they test with: {@link io.penstock.grid.testing.VirtualClock} for all, and
 * {@link io.penstock.grid.testing.GridMapContract} for those who write a store or a host of grids.
 */
package io.penstock.grid.testing;

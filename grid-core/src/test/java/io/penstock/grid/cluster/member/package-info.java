/**
 * Members in JVMs of their own, which are killed, added and restarted: for tests, also those of the modules that stand
 * on this one.
 */
package io.penstock.grid.cluster.member;

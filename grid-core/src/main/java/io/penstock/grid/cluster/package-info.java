/**
 * Internal. Maps on a Hazelcast cluster, of which this JVM is a member or a client; the only package that knows
 * Hazelcast. {@link io.penstock.grid.cluster.PenstockHazelcast} alone is for applications: those that start Hazelcast
 * themselves.
 */
package io.penstock.grid.cluster;

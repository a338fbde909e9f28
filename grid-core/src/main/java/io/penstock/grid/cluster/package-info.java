/** Internal, but for {@code PenstockHazelcast}. Maps on a Hazelcast cluster; the one package here that imports it. */
package io.penstock.grid.cluster;

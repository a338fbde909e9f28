/**
 * Internal. What every host of operators needs: the tree of operators that run as one, its receivers, and the
 * counters of its stages.
 */
package io.penstock.dag.host;

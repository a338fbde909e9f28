/**
 * Internal. Runs jobs inside Hazelcast Jet, on the members of the grid's cluster; the only package that knows Jet.
 *
 * <pre>
 *   Plan vertex          = Jet vertex; {@link io.penstock.dag.cluster.Layout} says where its instances are
 *   OperatorTree         = what one TreeProcessor drives
 *   Exchange             = Jet edge, which carries Rows (a batch for one instance) and TimeSignals
 *   barriers, snapshots, restarts: Jet's; watermarks, idleness, the end of a sender: ours
 * </pre>
 */
package io.penstock.dag.cluster;

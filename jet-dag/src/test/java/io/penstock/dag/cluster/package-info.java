/**
 * A minimal Jet host, which shows that the operator border is as simple there as on the in-process engine; the model
 * for the real one.
 *
 * <pre>
 *   Plan vertex      = Jet vertex, as many processors as instances
 *   OperatorTree     = what one SpikeTreeProcessor drives
 *   Exchange         = Jet edge, which carries Rows: a batch for one instance
 *   watermarks, barriers, the end: Jet's own
 * </pre>
 */
package io.penstock.dag.cluster;

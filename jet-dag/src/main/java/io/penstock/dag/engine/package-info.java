/**
 * Internal. The in-process engine: one worker thread per core steps cooperative tasklets, which exchange batches
 * through bounded queues with one producer and one consumer each.
 *
 * <pre>
 *   Engine 1--1 Workers 1--n Worker 1--1 Schedule 1--n Tasklet 1--1 OperatorTree
 *   OperatorTree ----> CallProbe of its Worker (which stage is called), which the Watchdog looks at
 *   Engine 1--n EngineJob 1--n Execution (one after the other, each from a Snapshot) 1--n Tasklet
 *   Tasklet --ExchangeWriter--> BatchQueue ----> Tasklet, and BatchQueue wakes the Worker of either
 * </pre>
 */
package io.penstock.dag.engine;

/** Internal. From the stages of a pipeline to a physical plan: logical plan, planner rules, vertices and exchanges. */
package io.penstock.dag.plan;

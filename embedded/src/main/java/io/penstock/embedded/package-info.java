/**
 * The one dependency of a service. Has no types of its own: start at {@link io.penstock.grid.Grid} and
 * {@link io.penstock.dag.Pipeline}, add {@link io.penstock.enrich.Enrich} and {@link io.penstock.infer.Infer}.
 */
package io.penstock.embedded;

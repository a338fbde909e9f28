/**
 * Models that live in the grid, and the step of a pipeline that scores with them. Start at {@link
 * io.penstock.infer.Models} and {@link io.penstock.infer.Infer}.
 */
package io.penstock.infer;

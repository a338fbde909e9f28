/**
 * Internal. Compiles a chain of stages into one loop over rows, which the JIT sees with the user's functions as
 * constants: {@link io.penstock.dag.compile.LoopCompiler}. See {@code docs/decisions/0006-compiled-loops.md}.
 */
package io.penstock.dag.compile;

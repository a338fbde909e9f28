/** Internal. The operators that stages are made of, one class each. */
package io.penstock.dag.step;

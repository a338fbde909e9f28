/** Internal. {@code ./bench ask}: a pipeline called as a function, beside the same work done by hand. */
package io.penstock.bench.ask;

/** Internal. {@code ./bench codec}: a value as bytes and back, by the grid's codec and by two libraries. */
package io.penstock.bench.codec;

/** Internal. What the operations of one map cost, beside other maps: {@code bench map}. */
package io.penstock.bench.map;

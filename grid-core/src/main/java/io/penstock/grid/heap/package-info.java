/** Internal. Maps in the heap of this JVM: a table of entries, a limit on their number, and views onto them. */
package io.penstock.grid.heap;

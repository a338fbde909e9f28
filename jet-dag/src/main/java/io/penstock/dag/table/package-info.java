/** Internal. Hash tables of the operators: open addressing, with paths for primitive keys. */
package io.penstock.dag.table;

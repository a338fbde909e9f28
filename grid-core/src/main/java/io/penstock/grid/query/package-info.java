/** Internal. Questions about the entries of a map: properties of values, predicates over them, and hash indexes. */
package io.penstock.grid.query;

/** Internal. YAML texts as trees in which each node knows its line, and the errors that are found in them. */
package io.penstock.grid.yaml;

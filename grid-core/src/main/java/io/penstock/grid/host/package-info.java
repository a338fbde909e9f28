/** Internal. What the maps of all hosts have in common, and the border to the hosts. */
package io.penstock.grid.host;

/** The grid and its typed maps. */
package io.penstock.grid;

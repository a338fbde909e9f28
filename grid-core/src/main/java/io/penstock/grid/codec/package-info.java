/** Internal. Values as bytes: shapes of declared types, the bytes' own layouts, and the limits on both. */
package io.penstock.grid.codec;

/** Internal. Tables in this JVM that are made for look-ups, and the local views that read them. */
package io.penstock.grid.view;

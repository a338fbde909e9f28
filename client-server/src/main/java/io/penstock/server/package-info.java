/** A process that hosts a grid. Start at {@link io.penstock.server.PenstockServer}. */
package io.penstock.server;

/**
 * Flights, scored while they depart. Start at {@link io.penstock.demo.FlightPipeline}; {@code Demo} is
 * the command line.
 */
package io.penstock.demo;

package io.penstock.demo;

/** A malformed line that {@code --skip-bad} lets pass, so that the job can count it. Has the time of the row before. */
record SkippedRow(long line, long timeMs, String reason) implements FlightEvent {}

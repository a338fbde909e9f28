/**
 * Internal. What is measured: events that are pure functions of their index, so that any system makes any slice of them
 * itself, and the right answers. One place for each, used by every system. The definitions are the project's
 * specification of the workloads; nothing here may be made faster by making something else.
 */
package io.penstock.bench.work;

/**
 * Internal. The border between a step of a job and whatever runs it: {@link io.penstock.dag.operator.Operator} and
 * what it is given. The same operator runs in the in-process engine and inside Jet; see
 * {@code docs/decisions/0001-operator-border.md}.
 */
package io.penstock.dag.operator;

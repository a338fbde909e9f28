/** What tests of operators need, whatever they test with: {@link io.penstock.dag.testing.OperatorTester}. */
package io.penstock.dag.testing;

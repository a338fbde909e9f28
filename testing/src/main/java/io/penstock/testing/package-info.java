/** A kit to test pipelines in virtual time, without threads. Start at {@link io.penstock.testing.PipelineTest}. */
package io.penstock.testing;

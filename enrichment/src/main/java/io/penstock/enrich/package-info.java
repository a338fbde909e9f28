/** Enrichment of events from grid maps. Start at {@link io.penstock.enrich.Enrich}. */
package io.penstock.enrich;

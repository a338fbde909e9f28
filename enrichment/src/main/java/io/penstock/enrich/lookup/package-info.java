/** Internal. The operator behind {@link io.penstock.enrich.Enrich}. */
package io.penstock.enrich.lookup;

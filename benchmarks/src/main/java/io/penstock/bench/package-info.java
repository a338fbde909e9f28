/** The command that measures Penstock beside others. */
package io.penstock.bench;

/** For tests: models in plain Java. */
package io.penstock.infer.testing;

/**
 * Internal. The page of a run: a server on the loopback address, which samples a {@link io.penstock.demo.web.Run} and
 * serves what it saw. Start at {@link io.penstock.demo.web.RunServer}.
 */
package io.penstock.demo.web;

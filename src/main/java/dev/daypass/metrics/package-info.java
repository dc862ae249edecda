/**
 * What the daemon tells Prometheus: counters and histograms around the ports that others implement,
 * and gauges that read what is there when somebody asks.
 *
 * <p>DESIGN section 7 ({@code /metrics}) governs it, and Prometheus's own rules for names: base
 * units, {@code _total}, points in time instead of ages. Labels have few values, all of them from
 * code, configuration or policy: no name of a person, server, address or request is one. It decides
 * nothing, and nothing fails because of it.
 *
 * <p>Any number of threads count at once. What is on the way of a certificate costs some additions
 * to striped counters; everything else is read at a scrape.
 */
@NullMarked
package dev.daypass.metrics;

import org.jspecify.annotations.NullMarked;

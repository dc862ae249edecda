package dev.daypass.web;

import dev.daypass.web.api.Published;
import dev.daypass.web.api.ReadinessReport;
import java.util.function.Supplier;

/** What the routes stand on. */
public record WebBackend(Published published, Supplier<ReadinessReport> readiness) {}

package dev.daypass.web;

import dev.daypass.identity.TokenAuthenticator;
import dev.daypass.web.api.CertificateDesk;
import dev.daypass.web.api.PossessionCheck;
import dev.daypass.web.api.Published;
import dev.daypass.web.api.ReadinessReport;
import dev.daypass.web.api.RoleDirectory;
import java.util.function.Supplier;

/** What the routes stand on. */
public record WebBackend(
    TokenAuthenticator tokens,
    PossessionCheck possession,
    CertificateDesk desk,
    RoleDirectory roles,
    Published published,
    Supplier<ReadinessReport> readiness) {}

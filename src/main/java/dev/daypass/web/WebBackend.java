package dev.daypass.web;

import dev.daypass.identity.TokenAuthenticator;
import dev.daypass.login.Logins;
import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.web.api.CertificateDesk;
import dev.daypass.web.api.OperatorDuty;
import dev.daypass.web.api.Published;
import dev.daypass.web.api.ReadinessReport;
import dev.daypass.web.api.RevocationDesk;
import dev.daypass.web.api.RoleDirectory;
import dev.daypass.web.api.ServerDirectory;
import dev.daypass.web.asker.SignatureCheck;
import dev.daypass.web.audit.AuditorDuty;
import dev.daypass.web.audit.ErasureDesk;
import dev.daypass.web.audit.LedgerReader;
import dev.daypass.web.audit.TreeFiles;
import dev.daypass.web.console.ConsoleSources;
import dev.daypass.web.login.History;
import dev.daypass.web.server.ServerDesk;
import java.util.function.Supplier;

/** What the routes stand on. */
public record WebBackend(
    TokenAuthenticator tokens,
    SignatureCheck signatures,
    Logins logins,
    CertificateDesk desk,
    Policies policies,
    ServerDirectory servers,
    ServerDesk fleet,
    History history,
    Published published,
    Revoking revoking,
    Auditing auditing,
    ConsoleSources console,
    Supplier<ReadinessReport> readiness) {

  /** What revokes, and where the lists of what is revoked are. */
  public record Revoking(RevocationDesk desk, KrlShelf krls) {}

  /** What policy says of an identity now. */
  public record Policies(RoleDirectory roles, OperatorDuty operators, AuditorDuty auditors) {}

  /**
   * What of the ledger can be read.
   *
   * @param open whether anybody may read the published files
   */
  public record Auditing(
      TreeFiles files, boolean open, LedgerReader reader, ErasureDesk erasures) {}
}

package dev.daypass.web;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.issuance.CertificateRequest;
import dev.daypass.issuance.IssuanceOutcome;
import dev.daypass.issuance.RequestContext;
import dev.daypass.ledger.privacy.ErasureOutcome;
import dev.daypass.ledger.refusal.Asker;
import dev.daypass.ledger.refusal.Reason;
import dev.daypass.login.RequestVerdict;
import dev.daypass.login.SignedRequest;
import dev.daypass.policy.RoleView;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.revocation.RevocationOutcome;
import dev.daypass.revocation.publish.KrlShelf;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.api.CertificateDesk;
import dev.daypass.web.api.Published;
import dev.daypass.web.api.ReadinessReport;
import dev.daypass.web.api.RevocationDesk;
import dev.daypass.web.asker.SignatureCheck;
import dev.daypass.web.audit.ErasureDesk;
import dev.daypass.web.login.History;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/** What the routes stand on, in memory; tests set what it shall say and read what it was asked. */
final class FakeBackend implements CertificateDesk {
  static final String KEY_LINE =
      "ssh-ed25519 " + "AAAAC3NzaC1lZDI1NTE5AAAAILernj/INrB3VAjv5eyFCSlGfrXW1YPEkanXlFVmtQoF";
  static final String TOKEN = "good-token";
  static final Identity ALICE =
      new Identity(
          new IdentityId("https://idp.example.com", "alice-1"),
          "okta",
          true,
          IdentityKind.PERSON,
          Username.parse("alice").orElseThrow(),
          Optional.empty(),
          Optional.empty(),
          Set.of(),
          Map.of(),
          Optional.<Instant>empty(),
          List.of(),
          false,
          "bearer");

  final List<IdentityId> notAdmitted = Collections.synchronizedList(new ArrayList<>());
  final List<Reason> recorded = Collections.synchronizedList(new ArrayList<>());
  final List<CertificateRequest> requests = Collections.synchronizedList(new ArrayList<>());
  final List<RequestContext> contexts = Collections.synchronizedList(new ArrayList<>());
  final List<SignedRequest> signed = Collections.synchronizedList(new ArrayList<>());

  final List<String> namespaces = Collections.synchronizedList(new ArrayList<>());
  final FakeLogins logins = new FakeLogins();
  final FakeServers servers = new FakeServers();
  SshPublicKey signer = key();
  boolean operator;
  boolean auditor;
  boolean openFiles = true;
  ErasureDesk erasing =
      (_, _, _) -> new ErasureOutcome.Done(List.of(new EntryNumber(12)), 1, List.of(), false);
  final FakeTreeFiles files = new FakeTreeFiles();
  final FakeLedgerReader reader = new FakeLedgerReader();
  final FakeConsoleSources console = new FakeConsoleSources();
  final KrlShelf krls = new KrlShelf();
  RevocationDesk revoking =
      (_, _, _, _) -> new RevocationOutcome.Done(Optional.of(new EntryNumber(7)), 2, 1);
  BiFunction<IdentityId, Integer, List<History.Line>> history = (_, _) -> List.of();

  Authentication otherTokens =
      new Authentication.Refused("token_malformed", "The token is unreadable.", "Log in again.");
  Optional<RequestVerdict.Rejected> unproven = Optional.empty();
  BiFunction<CertificateRequest, RequestContext, IssuanceOutcome> outcome =
      (_, context) -> IssuedSample.issued(context.provenKey(), RunningServer.NOW);
  Optional<String> bundle = Optional.of("daypass trust bundle 1\n");
  Supplier<ReadinessReport> readiness =
      () -> ReadinessReport.of(true, Map.of("ledger", "ok", "rollback", "unprotected"));

  WebBackend backend() {
    return new WebBackend(
        token ->
            token.equals(TOKEN)
                ? new Authentication.Authenticated(ALICE, Optional.empty())
                : otherTokens,
        new FakeSignatures(),
        logins,
        this,
        new WebBackend.Policies(_ -> roles(), _ -> operator, _ -> auditor),
        name ->
            name.text().equals("db-1.prod.example.com")
                ? Optional.of(new Host(name, Map.of("env", "prod", "tier", "db")))
                : Optional.empty(),
        servers,
        (who, limit) -> history.apply(who, limit),
        new FakePublished(),
        new WebBackend.Revoking((t, who, op, why) -> revoking.revoke(t, who, op, why), krls),
        new WebBackend.Auditing(
            files, openFiles, reader, (n, who, why) -> erasing.erase(n, who, why)),
        console,
        () -> readiness.get());
  }

  @Override
  public IssuanceOutcome issue(
      Identity identity, CertificateRequest request, RequestContext context) {
    requests.add(request);
    contexts.add(context);
    return outcome.apply(request, context);
  }

  @Override
  public Optional<EntryNumber> recordRefusal(Identity identity, Asker asker, Reason reason) {
    recorded.add(reason);
    return Optional.of(new EntryNumber(41));
  }

  @Override
  public Optional<EntryNumber> recordRefusal(IdentityId id, Asker asker, Reason reason) {
    notAdmitted.add(id);
    recorded.add(reason);
    return Optional.of(new EntryNumber(42));
  }

  static SshPublicKey key() {
    try {
      return SshPublicKey.parse(KEY_LINE);
    } catch (SshFormatException e) {
      throw new AssertionError(e);
    }
  }

  /** Believes a header that names a key; what it stands for is the logins' matter. */
  private final class FakeSignatures implements SignatureCheck {
    @Override
    public RequestVerdict verify(SignedRequest request, String namespace, String header) {
      signed.add(request);
      namespaces.add(namespace);
      return unproven.isPresent() ? unproven.get() : new RequestVerdict.Verified(signer);
    }

    @Override
    public RequestVerdict verifyPossession(
        SignedRequest request, Optional<String> header, SshPublicKey expected) {
      signed.add(request);
      if (header.isEmpty()) {
        return new RequestVerdict.Rejected(
            RequestVerdict.Fault.POSSESSION_REQUIRED, "No possession.", "Sign the request.");
      }
      return unproven.isPresent() ? unproven.get() : new RequestVerdict.Verified(expected);
    }
  }

  private static List<RoleView> roles() {
    return List.of(
        new RoleView(IssuedSample.ROLE, RoleView.Standing.HELD, List.of()),
        new RoleView(
            IssuedSample.ROLE,
            RoleView.Standing.REFUSED,
            List.of(
                new RefusalReason(
                    RefusalCode.DENIED, "Routine access is closed.", "Ask on Monday."))));
  }

  private final class FakePublished implements Published {
    @Override
    public List<SshPublicKey> userCaKeys() {
      return List.of(key());
    }

    @Override
    public List<SshPublicKey> hostCaKeys() {
      return List.of(key());
    }

    @Override
    public Optional<String> bundle() {
      return bundle;
    }

    @Override
    public String ledgerOrigin() {
      return "ca.example.com/daypass";
    }

    @Override
    public String knownHosts() {
      return "@cert-authority *.prod.example.com " + KEY_LINE + "\n";
    }

    @Override
    public String ownKnownHosts() {
      return "@cert-authority *.own.example.com " + KEY_LINE + "\n";
    }

    @Override
    public List<String> hostPatterns() {
      return List.of("*.prod.example.com");
    }
  }
}

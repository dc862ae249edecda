package dev.daypass.issuance;

import dev.daypass.config.policy.PolicyFile;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.identity.Username;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.login.LoginId;
import dev.daypass.policy.Policy;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.request.RawRequest;
import dev.daypass.policy.request.RequestReader;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.TestKeys;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Issuance over a real ledger and signer, with a policy of a few roles; all of it in memory. */
final class IssuanceScenario implements AutoCloseable {
  private static final String POLICY =
      """
      roles:
        debug:
          accounts: [db-debug]
          hosts: { env: prod }
          ttl: { default: 30m, max: 1h }
          extensions: [permit-pty]
          allow: [{ when: '"dba" in identity.groups' }]
        own:
          accounts: [self]
          ttl: { default: 30m, max: 1h }
          allow: [{ when: '"dba" in identity.groups' }]
      """;

  final InMemoryLedgerStore store;
  final TestLedger ledger;
  final BreakingSigner signer;
  final Set<Fingerprint> ownKeys = new HashSet<>();
  final Set<Fingerprint> blocked = new HashSet<>();
  final Set<Fingerprint> revoked = new HashSet<>();
  Supplier<Optional<String>> frozen = Optional::empty;
  final Set<LoginId> endedLogins = new HashSet<>();
  final FakeRegistry registry = new FakeRegistry();
  final SshPublicKey key = TestKeys.of(SshKeyType.ED25519).publicKey();
  final RefusalLog refusals;
  CertificateIssuance issuance;
  boolean spaceIsScarce;

  IssuanceScenario() throws Exception {
    store = new InMemoryLedgerStore();
    ledger = TestLedger.over(store);
    signer = new BreakingSigner(ledger.signer());
    refusals = new RefusalLog(ledger.ledger(), ledger.clock()::now, () -> spaceIsScarce);
    issuance = newIssuance();
  }

  /** Issuance that remembers nothing, as after a restart; ledger and signer go on. */
  CertificateIssuance newIssuance() throws Exception {
    Policy policy = policy();
    HostDirectory hosts =
        HostDirectory.of(
            List.of(
                new Host(new HostName("db-1"), Map.of("env", "prod")),
                new Host(new HostName("toy-1"), Map.of("env", "test"))));
    return new CertificateIssuance(
        () -> policy,
        registry,
        new RequestReader(hosts::find),
        new KeyScreen(() -> ownKeys, () -> blocked, revoked::contains),
        new CertificateRelease(
            ledger.ledger(),
            signer,
            Duration.ofHours(24),
            new SecureRandom(),
            login -> !endedLogins.contains(login),
            () -> frozen.get(),
            Witnessing.NONE),
        refusals,
        ledger.clock()::now);
  }

  static Identity person(String name, String... groups) {
    return new Identity(
        new IdentityId("https://idp.example.com", name),
        "okta",
        true,
        IdentityKind.PERSON,
        new Username(name + "@example.com"),
        Optional.of(Email.parse(name + "@example.com").orElseThrow()),
        Optional.of(new Account(name)),
        Set.of(groups),
        Map.of(),
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }

  IssuanceOutcome ask(Identity identity, String role) {
    return ask(identity, role, Optional.empty(), "body of " + role);
  }

  IssuanceOutcome ask(
      Identity identity, String role, Optional<String> idempotencyKey, String body) {
    return issuance.issue(
        identity,
        new CertificateRequest(Optional.of(key.line()), RawRequest.of(role)),
        context(idempotencyKey, body));
  }

  RequestContext context(Optional<String> idempotencyKey, String body) {
    return new RequestContext(
        key,
        IpAddress.parse("192.0.2.7"),
        "request-1",
        idempotencyKey,
        Bytes.ofUtf8(body).sha256());
  }

  @Override
  public void close() {
    ledger.close();
  }

  private static Policy policy() throws Exception {
    Path file = Files.createTempFile("policy", ".yaml");
    try {
      Files.writeString(file, POLICY);
      return PolicyFile.read(file, Set.of("okta")).policy();
    } finally {
      Files.delete(file);
    }
  }

  /** Names in memory, first come first served. */
  static final class FakeRegistry implements IdentityRegistry {
    private final Map<Username, IdentityId> usernames = new HashMap<>();
    private final Map<Account, IdentityId> accounts = new HashMap<>();
    boolean broken;

    @Override
    public synchronized Registration register(Identity identity) {
      if (broken) {
        return new Registration.Unavailable();
      }
      if (!owns(usernames.get(identity.username()), identity)) {
        return new Registration.UsernameTaken(identity.username());
      }
      Optional<Account> account = identity.account();
      if (account.isPresent() && !owns(accounts.get(account.get()), identity)) {
        return new Registration.AccountTaken(account.get());
      }
      usernames.put(identity.username(), identity.id());
      account.ifPresent(name -> accounts.put(name, identity.id()));
      return new Registration.Accepted();
    }

    private static boolean owns(@Nullable IdentityId owner, Identity identity) {
      return owner == null || owner.equals(identity.id());
    }
  }
}

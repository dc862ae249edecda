package dev.daypass.revocation;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.TestCertificates;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.Username;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.LedgerUnavailable;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginId;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.revocation.live.RevocationState;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** A ledger with certificates of a few people and servers in it, and whatever revokes them. */
public final class RevocationScenario implements AutoCloseable {
  public static final Duration LIFE = Duration.ofMinutes(30);
  public static final SshPublicKey ALICES_KEY = key();
  public static final SshPublicKey BOBS_KEY = key();
  public static final SshPublicKey HOST_KEY = key();

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private final TestLedger test;
  private final Map<EntryNumber, CertificateContent> contents = new HashMap<>();
  final FakeLogins logins = new FakeLogins();
  private RevocationState state;

  public RevocationScenario() throws Exception {
    this.test = TestLedger.over(store);
    addCaKey("user-ca", userCa());
    addCaKey("host-ca", hostCa());
    this.state = RevocationState.open(test.ledger());
    state.readPast(now());
  }

  /** Ends this process and begins another over what is durable; its past is not read yet. */
  public RevocationState restart() throws Exception {
    test.restart();
    state = RevocationState.open(test.ledger());
    return state;
  }

  public RevocationState state() {
    return state;
  }

  public TestLedger test() {
    return test;
  }

  public InMemoryLedgerStore store() {
    return store;
  }

  public Instant now() {
    return test.clock().now();
  }

  public void pass(Duration time) {
    test.clock().pass(time);
  }

  Revocations revocations() {
    return new Revocations(test.ledger(), state, logins, this::now);
  }

  public SshPublicKey userCa() {
    return test.signer().keys().userCa();
  }

  public SshPublicKey hostCa() {
    return test.signer().keys().hostCa();
  }

  public EntryNumber granted(String username, String role, SshPublicKey key) throws Exception {
    return granted(username, role, key, LIFE);
  }

  public EntryNumber granted(String username, String role, SshPublicKey key, Duration life)
      throws Exception {
    JsonObject.Builder details =
        JsonObject.builder()
            .put(
                "identity",
                JsonObject.builder().put("issuer", "i").put("username", username).build())
            .put("role", role);
    return granted(CertificateType.USER, username + " role=" + role, key, life, details);
  }

  public EntryNumber hostGranted(String host, SshPublicKey key) throws Exception {
    return granted(
        CertificateType.HOST,
        host,
        key,
        Duration.ofDays(30),
        JsonObject.builder().put("host", host));
  }

  /** The certificate of an entry, signed as the authority would. */
  public Certificate certificate(EntryNumber serial) {
    CertificateContent content =
        Objects.requireNonNull(contents.get(serial)).withSerial(new Serial(serial.value()));
    SshSigner ca = content.type() == CertificateType.USER ? test.userCa() : test.hostCa();
    return TestCertificates.sign(content, ca);
  }

  private EntryNumber granted(
      CertificateType type, String keyId, SshPublicKey key, Duration life, JsonObject.Builder rest)
      throws Exception {
    boolean user = type == CertificateType.USER;
    Instant from = now().truncatedTo(ChronoUnit.SECONDS);
    CertificateContent content =
        new CertificateContent(
            type,
            Bytes.of(new byte[32]),
            key,
            Serial.UNASSIGNED,
            new KeyId(keyId),
            List.of(new Principal(user ? "daypass:role" : keyId)),
            new ValidityWindow(from.minusSeconds(60), from.plus(life)),
            CertificateOptions.EMPTY,
            CertificateOptions.EMPTY,
            user ? userCa() : hostCa());
    JsonObject details =
        rest.put("key", key.line())
            .put("valid_before", content.window().validBefore().toString())
            .put("ca_key", content.caKey().fingerprint().toString())
            .build();
    EntryKind kind = user ? EntryKind.CERTIFICATE_GRANTED : EntryKind.HOST_CERTIFICATE_GRANTED;
    EntryNumber number =
        test.append(Draft.granting(kind, details, content, SearchKeys.NONE)).number();
    contents.put(number, content);
    return number;
  }

  private void addCaKey(String use, SshPublicKey key) throws LedgerUnavailable {
    JsonObject details = JsonObject.builder().put("use", use).put("key", key.line()).build();
    var _ =
        test.append(
            Draft.published(EntryKind.CA_KEY_ADDED, details, PublicPart.caKey(key.fingerprint())));
  }

  /** The details of an entry without their salt. */
  public JsonObject details(EntryNumber number) throws Exception {
    JsonObject salted = CanonicalJson.decodeObject(test.ledger().details(number).orElseThrow());
    JsonObject.Builder details = JsonObject.builder();
    salted
        .members()
        .forEach((name, value) -> {
          if (!name.equals("salt")) {
            details.put(name, value);
          }
        });
    return details.build();
  }

  /** Each entry of a kind, the oldest first. */
  public List<EntryNumber> entries(EntryKind kind) throws Exception {
    List<EntryNumber> found = new ArrayList<>();
    for (long n = 0; n < test.ledger().size().value(); n++) {
      if (test.ledger().entry(new EntryNumber(n)).orElseThrow().kind() == kind) {
        found.add(new EntryNumber(n));
      }
    }
    return found;
  }

  @Override
  public void close() {
    test.close();
  }

  private static SshPublicKey key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey();
  }

  /** Open logins by their id; ending one takes it away. */
  static final class FakeLogins implements LoginEnds {
    record Open(String username, Fingerprint key, IdentityId owner) {}

    final Map<LoginId, Open> open = new LinkedHashMap<>();
    final Map<Fingerprint, IdentityId> bound = new HashMap<>();
    final List<Ender> enders = new ArrayList<>();
    Optional<EndOutcome> answer = Optional.empty();

    @Override
    public List<LoginId> ofUser(Username user) {
      return open.entrySet().stream()
          .filter(each -> each.getValue().username().equals(user.text()))
          .map(Map.Entry::getKey)
          .toList();
    }

    @Override
    public Optional<LoginId> ofKey(Fingerprint key) {
      return open.entrySet().stream()
          .filter(each -> each.getValue().key().equals(key))
          .map(Map.Entry::getKey)
          .findFirst();
    }

    @Override
    public Optional<IdentityId> ownerOf(LoginId login) {
      return Optional.ofNullable(open.get(login)).map(Open::owner);
    }

    @Override
    public Optional<IdentityId> ownerOf(Fingerprint key) {
      return Optional.ofNullable(bound.get(key));
    }

    @Override
    public EndOutcome end(List<LoginId> logins, Ender ender) {
      enders.add(ender);
      if (answer.isPresent()) {
        return answer.get();
      }
      int ended = (int) logins.stream().filter(id -> open.remove(id) != null).count();
      return new EndOutcome.Ended(ended, 0);
    }
  }
}

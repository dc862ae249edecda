package dev.daypass.outward;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.tlog.EntryNumber;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries of every kind, with details as their writers make them. */
public final class SomeEntries {
  public static final Instant AT = Instant.parse("2026-11-21T01:13:00.123Z");

  private static final Bytes HASH = Bytes.ofUtf8("something").sha256();
  private static final JsonObject ALICE =
      JsonObject.builder()
          .put("issuer", "https://idp.example.com")
          .put("subject", "00u1")
          .put("provider", "okta")
          .put("kind", "person")
          .put("username", "alice@example.com")
          .put("email", "alice@example.com")
          .put("groups", JsonArray.ofTexts(List.of("dba", "oncall")))
          .build();

  private SomeEntries() {}

  /** One with the details that are usual for its kind. */
  public static ReadEntry of(EntryKind kind) {
    return of(42, kind, AT, usual(kind));
  }

  public static ReadEntry of(long number, EntryKind kind, Instant at, JsonObject details) {
    JsonObject salted = details.toBuilder().put("salt", "c2FsdHNhbHRzYWx0c2E").build();
    Bytes encoded = CanonicalJson.encode(salted);
    return of(new EntryNumber(number), entry(kind, at, encoded.sha256()), Optional.of(salted));
  }

  /** One of which nothing but the public part is left. */
  public static ReadEntry erased(EntryKind kind) {
    return of(new EntryNumber(42), entry(kind, AT, HASH), Optional.empty());
  }

  /** The person of the usual details. */
  public static JsonObject alice() {
    return ALICE;
  }

  /** What the writers of that kind put into the details, salt apart. */
  public static JsonObject usual(EntryKind kind) {
    return switch (kind) {
      case LOGIN_OPENED -> login().put("step", "bound").put("bound_from", "192.0.2.7").build();
      case LOGIN_ENDED -> login().put("cause", "logout").put("by", "owner").build();
      case CERTIFICATE_GRANTED -> granted().build();
      case REQUESTS_REFUSED ->
          JsonObject.builder()
              .put("identity", ALICE)
              .put("role", "prod-db-debug")
              .put("address", "2001:db8::7")
              .put("reasons", reasons())
              .build();
      case SESSION_OPENED, SESSION_CLOSED -> session().build();
      case SESSION_ALARM -> session().put("alarm", "never_granted").put("entry", "41").build();
      case CERTIFICATE_FAILED -> texts("entry", "41", "cause", "signer");
      case HOST_CERTIFICATE_GRANTED, HOST_JOINED, HOST_CHANGED, HOST_LEFT ->
          texts("host", "db-1.prod.example.com", "by", "root (local)", "key", key());
      case CA_KEY_ADDED, CA_KEY_ACTIVATED, CA_KEY_RETIRED ->
          texts("use", "user-ca", "key", key(), "by", "root (local)");
      case REVOCATION_ADDED ->
          texts("target", "user", "user", "alice@example.com", "by", "root (local)", "why", "left");
      case DETAILS_ERASED ->
          texts("by", "root (local)", "entry", "7", "reason", "asked", "scope", "entry");
      case EXPORT_MADE -> JsonObject.builder().put("identity", ALICE).put("format", "csv").build();
      case POLICY_LOADED -> texts("sha256", HASH.base64Url(), "text", "roles: {}\n");
      case ISSUANCE_FROZEN, ISSUANCE_THAWED, CLOCK_THAWED ->
          texts("operator", "root (local)", "why", "a drill");
      case GRANT_REQUESTED, GRANT_APPROVED, GRANT_DENIED, GRANT_ENDED, TOKEN_GRANTED ->
          JsonObject.builder().put("identity", ALICE).put("role", "prod-db-debug").build();
      case LEDGER_CREATED,
          DAEMON_STARTED,
          CONFIG_LOADED,
          BUNDLE_PUBLISHED,
          KRL_PUBLISHED,
          BREAKGLASS_REPORTED ->
          texts("version", "development");
    };
  }

  private static JsonObject.Builder granted() {
    return JsonObject.builder()
        .put("identity", ALICE)
        .put("role", "prod-db-debug")
        .put("rule", "prod-db-debug.allow[0]")
        .put("reason", "INC-42")
        .put("key", key())
        .put("principals", JsonArray.ofTexts(List.of("daypass:prod-db-debug@db-1")))
        .put("hosts", JsonArray.ofTexts(List.of("db-1")))
        .put("valid_after", "2026-11-21T01:12:00Z")
        .put("valid_before", "2026-11-21T01:43:00Z")
        .put("certificate_nonce", "bm9uY2U")
        .put("address", "192.0.2.7");
  }

  private static JsonObject.Builder login() {
    return JsonObject.builder()
        .put("login", "L0gin")
        .put("identity", ALICE)
        .put("key", "SHA256:uNiVztksCsDhcc0u9e8BrrSmkqg5A4Do2GR4xf0LmPU")
        .put("hostname", "alices-laptop")
        .put("mode", "loopback")
        .put("address", "192.0.2.7");
  }

  private static JsonObject.Builder session() {
    return JsonObject.builder()
        .put("reported_by", "db-1.prod.example.com")
        .put("event", "opened")
        .put("session", "0123456789abcdef")
        .put("serial", "41")
        .put("account", "db-debug")
        .put("client", "192.0.2.7")
        .put("happened_at", "2026-11-21T01:12:59Z");
  }

  private static JsonArray reasons() {
    return new JsonArray(
        List.<JsonValue>of(texts("code", "no_rule", "detail", "No rule of the role allows it.")));
  }

  private static JsonObject texts(String... namesAndTexts) {
    JsonObject.Builder object = JsonObject.builder();
    for (int i = 0; i < namesAndTexts.length; i += 2) {
      object.put(namesAndTexts[i], namesAndTexts[i + 1]);
    }
    return object.build();
  }

  private static ReadEntry of(EntryNumber number, Entry entry, Optional<JsonObject> details) {
    return new ReadEntry(
        number,
        entry,
        details,
        new StoredEntry(number, entry.encode(), details.map(CanonicalJson::encode)));
  }

  private static Entry entry(EntryKind kind, Instant at, Bytes details) {
    Optional<Bytes> commit = kind.commitsToCertificate() ? Optional.of(HASH) : Optional.empty();
    return new Entry(at, kind, commit, details, publicPart(kind));
  }

  private static Optional<JsonObject> publicPart(EntryKind kind) {
    return switch (kind) {
      case LEDGER_CREATED ->
          Optional.of(
              PublicPart.ledgerCreated("ca.example.com/daypass", Map.of(), Optional.empty()));
      case CA_KEY_ADDED, CA_KEY_ACTIVATED, CA_KEY_RETIRED ->
          Optional.of(
              JsonObject.builder()
                  .put("fingerprint", "SHA256:uNiVztksCsDhcc0u9e8BrrSmkqg5A4Do2GR4xf0LmPU")
                  .build());
      case BUNDLE_PUBLISHED, KRL_PUBLISHED -> Optional.of(PublicPart.published(3, HASH));
      default -> Optional.empty();
    };
  }

  private static String key() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519).publicKey().line();
  }
}

package dev.daypass.issuance;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.ledger.json.JsonValue;
import dev.daypass.ledger.store.EntrySearch;
import dev.daypass.ledger.store.LedgerStore;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ledger.verify.CertificateRebuild;
import dev.daypass.ledger.verify.RebuildFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.tlog.EntryNumber;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Makes certificates' contents again from the details that were written at their grant (DESIGN
 * section 6, "Details"), so that a commitment can be opened. The serial stays open: it is the
 * entry's number.
 */
public final class GrantRebuild implements CertificateRebuild {
  private static final Serial OPEN = new Serial(0);
  private static final int MAX_CA_KEYS = 1000;

  /** By fingerprint. */
  private final Map<String, SshPublicKey> caKeys;

  private GrantRebuild(Map<String, SshPublicKey> caKeys) {
    this.caKeys = new ConcurrentHashMap<>(caKeys);
  }

  /** Of certificates that were signed by these CA keys. */
  public static GrantRebuild of(Collection<SshPublicKey> caKeys) {
    Map<String, SshPublicKey> byFingerprint = new HashMap<>();
    caKeys.forEach(key -> byFingerprint.put(key.fingerprint().toString(), key));
    return new GrantRebuild(byFingerprint);
  }

  /**
   * Of certificates by the CA keys that the ledger itself names in {@code ca.key.added}. A key that
   * cannot be read there is as good as absent: verification names its certificates.
   */
  public static GrantRebuild ofKeysIn(LedgerStore store) throws StoreFailed {
    EntrySearch added =
        EntrySearch.of(Optional.of(EntryKind.CA_KEY_ADDED), SearchKeys.NONE, MAX_CA_KEYS);
    List<SshPublicKey> keys = new ArrayList<>();
    for (EntryNumber number : store.search(added)) {
      store
          .entry(number)
          .flatMap(StoredEntry::details)
          .flatMap(GrantRebuild::key)
          .ifPresent(keys::add);
    }
    return of(keys);
  }

  /** Of certificates by the CA keys that the ledger will be seen to name, as it is read. */
  public static GrantRebuild learning() {
    return of(List.of());
  }

  @Override
  public void learn(EntryKind kind, JsonObject details) {
    if (kind == EntryKind.CA_KEY_ADDED) {
      key(details).ifPresent(key -> caKeys.put(key.fingerprint().toString(), key));
    }
  }

  @Override
  public Optional<CertificateContent> content(EntryKind kind, JsonObject details)
      throws RebuildFailed {
    if (!kind.commitsToCertificate()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new CertificateContent(
              kind == EntryKind.CERTIFICATE_GRANTED ? CertificateType.USER : CertificateType.HOST,
              bytes(text(details, "certificate_nonce")),
              SshPublicKey.parse(text(details, "key")),
              OPEN,
              new KeyId(text(details, "key_id")),
              principals(details),
              new ValidityWindow(
                  Instant.parse(text(details, "valid_after")),
                  Instant.parse(text(details, "valid_before"))),
              options(details, "critical_options"),
              options(details, "extensions"),
              caKey(text(details, "ca_key"))));
    } catch (SshFormatException | IllegalArgumentException | DateTimeException e) {
      throw new RebuildFailed("the details are unsound: " + e.getMessage(), e);
    }
  }

  private SshPublicKey caKey(String fingerprint) throws RebuildFailed {
    SshPublicKey key = caKeys.get(fingerprint);
    if (key == null) {
      throw new RebuildFailed("no entry names the CA key " + fingerprint);
    }
    return key;
  }

  private static List<Principal> principals(JsonObject details) throws RebuildFailed {
    if (details.value("principals").orElse(null) instanceof JsonArray(var values)) {
      List<Principal> principals = new ArrayList<>(values.size());
      for (JsonValue value : values) {
        principals.add(new Principal(asText(value, "principals")));
      }
      return principals;
    }
    throw missing("principals");
  }

  private static CertificateOptions options(JsonObject details, String name) throws RebuildFailed {
    CertificateOptions options = CertificateOptions.EMPTY;
    JsonObject members = details.object(name).orElseThrow(() -> missing(name));
    for (Map.Entry<String, JsonValue> member : members.members().entrySet()) {
      options = options.data(member.getKey(), bytes(asText(member.getValue(), name)));
    }
    return options;
  }

  private static String text(JsonObject details, String name) throws RebuildFailed {
    return details.text(name).orElseThrow(() -> missing(name));
  }

  private static String asText(JsonValue value, String name) throws RebuildFailed {
    if (value instanceof JsonText(var text)) {
      return text;
    }
    throw missing(name);
  }

  private static RebuildFailed missing(String name) {
    return new RebuildFailed("the details lack a sound " + name);
  }

  private static Bytes bytes(String base64Url) {
    return Bytes.of(Base64.getUrlDecoder().decode(base64Url));
  }

  private static Optional<SshPublicKey> key(Bytes details) {
    try {
      return key(CanonicalJson.decodeObject(details));
    } catch (JsonFormatException _) {
      return Optional.empty();
    }
  }

  private static Optional<SshPublicKey> key(JsonObject details) {
    try {
      Optional<String> line = details.text("key");
      return line.isEmpty() ? Optional.empty() : Optional.of(SshPublicKey.parse(line.get()));
    } catch (SshFormatException _) {
      return Optional.empty();
    }
  }
}

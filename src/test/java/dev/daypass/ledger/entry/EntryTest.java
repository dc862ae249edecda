package dev.daypass.ledger.entry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.erdtman.jcs.JsonCanonicalizer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class EntryTest {
  private static final Bytes HASH = Bytes.EMPTY.sha256();
  private static final String HASH_TEXT = "47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU";
  private static final Instant AT = Instant.parse("2026-11-21T01:13:00.123Z");
  private static final String GRANTED =
      "{\"at\":\"2026-11-21T01:13:00.123Z\",\"commits\":{\"ssh\":\"%s\"},\"details\":\"%s\",\"kind\":\"certificate.granted\",\"v\":1}"
          .formatted(HASH_TEXT, HASH_TEXT);

  @Test
  void writesTheFormOfDesignSection6() throws Exception {
    assertThat(entry(EntryKind.CERTIFICATE_GRANTED).encode().utf8()).isEqualTo(GRANTED);
  }

  @Test
  void writesThreeDigitsOfMillisecondsAlways() throws Exception {
    Entry entry =
        new Entry(
            Instant.parse("2026-11-21T01:13:00Z"),
            EntryKind.DAEMON_STARTED,
            Optional.empty(),
            HASH,
            Optional.empty());
    assertThat(entry.encode().utf8()).contains("\"at\":\"2026-11-21T01:13:00.000Z\"");
  }

  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void readsBackEveryKind(EntryKind kind) throws Exception {
    Bytes encoded = entry(kind).encode();
    assertThat(Entry.decode(encoded)).isEqualTo(entry(kind));
    assertThat(new JsonCanonicalizer(encoded.utf8()).getEncodedString()).isEqualTo(encoded.utf8());
    assertThat(entry(kind).leafHash()).isEqualTo(Hash.leaf(encoded.toArray()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unknown kind | certificate.granted | certificate.stolen",
        "another version | \"v\":1 | \"v\":2",
        "a version as text | \"v\":1 | \"v\":\"1\"",
        "no milliseconds | 00.123Z | 00Z",
        "microseconds | 00.123Z | 00.123000Z",
        "an offset | .123Z | .123+00:00",
        "an impossible day | 11-21T | 11-31T",
        "padded base64 | uFU\"},\"det | uFU=\"},\"det",
        "left-over bits | uFU\"},\"det | uFV\"},\"det",
        "standard base64 | -_TImW | +/TImW",
        "a short hash | 47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"},\"det | 47DE\"},\"det",
        "no commitment | \"commits\":{\"ssh\":\"47DEQpj8HBSa-_TImW-5JCeuQeRkm5NMpJWZG3hSuFU\"}, |",
        "a second commitment | \"},\"det | \",\"x\":\"y\"},\"det",
        "one more member | \"v\":1} | \"v\":1,\"w\":1}",
        "a kind without commitment | certificate.granted | certificate.failed",
        "a public part | \"v\":1 | \"public\":{},\"v\":1",
        "white space | \"v\":1 | \"v\": 1",
        "a byte more | \"v\":1} | \"v\":1}x"
      })
  void refuses(String what, String part, String instead) {
    String text = GRANTED.replace(part, instead == null ? "" : instead);
    assertThat(text).isNotEqualTo(GRANTED);
    assertThatThrownBy(() -> Entry.decode(Bytes.ofUtf8(text)))
        .as(what)
        .isInstanceOf(EntryFormatException.class);
  }

  @Test
  void refusesMoreThan1KiB() {
    Bytes large = Bytes.ofUtf8("{\"a\":\"" + "x".repeat(1024) + "\"}");
    assertThatThrownBy(() -> Entry.decode(large)).isInstanceOf(EntryFormatException.class);
  }

  @Test
  void readsNoDamagedEntryAsAnother() throws Exception {
    Random random = new Random(6);
    byte[] good = Bytes.ofUtf8(GRANTED).toArray();
    for (int i = 0; i < 20_000; i++) {
      byte[] bytes = good.clone();
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      Bytes damaged = Bytes.of(bytes);
      try {
        assertThat(Entry.decode(damaged).encode()).isEqualTo(damaged);
      } catch (EntryFormatException e) {
        assertThat(e).hasMessageNotContaining("null");
      }
    }
  }

  @Test
  void refusesACreationWithAPublicPartOfAnotherShape() {
    JsonObject part = PublicPart.caKey(new Fingerprint(HASH));
    assertThatThrownBy(() ->
            new Entry(AT, EntryKind.LEDGER_CREATED, Optional.empty(), HASH, Optional.of(part)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void namesThePreviousHeadOfALedgerThatReplacesOne() throws Exception {
    JsonObject part =
        PublicPart.ledgerCreated(
            "ca.example.com/daypass-2",
            Map.of("ledger", new Fingerprint(HASH)),
            Optional.of(
                new PublicPart.PreviousHead(
                    "ca.example.com/daypass", new TreeSize(7), Hash.EMPTY_ROOT)));
    Entry entry =
        new Entry(AT, EntryKind.LEDGER_CREATED, Optional.empty(), HASH, Optional.of(part));
    assertThat(Entry.decode(entry.encode())).isEqualTo(entry);
    assertThat(entry.encode().size()).isLessThan(Entry.MAX_BYTES);
  }

  private static Entry entry(EntryKind kind) {
    Optional<JsonObject> part =
        switch (kind) {
          case LEDGER_CREATED ->
              Optional.of(PublicPart.ledgerCreated("o", Map.of(), Optional.empty()));
          case CA_KEY_ADDED, CA_KEY_ACTIVATED, CA_KEY_RETIRED ->
              Optional.of(PublicPart.caKey(new Fingerprint(HASH)));
          case BUNDLE_PUBLISHED, KRL_PUBLISHED -> Optional.of(PublicPart.published(1, HASH));
          default -> Optional.empty();
        };
    return new Entry(
        AT, kind, kind.commitsToCertificate() ? Optional.of(HASH) : Optional.empty(), HASH, part);
  }
}

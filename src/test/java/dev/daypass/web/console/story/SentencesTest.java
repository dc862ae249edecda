package dev.daypass.web.console.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.entry.PublicPart;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.console.view.Part;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What an entry's details say, in one sentence; the details as the use cases write them. */
final class SentencesTest {
  private static final Instant AT = Instant.parse("2026-11-21T01:13:00Z");
  private static final String ALICE = "\"identity\":{\"username\":\"alice\"}";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          ledger.created | {"origin":"ca/x"} | The ledger began as ca/x
          daemon.started | {"version":"1.2"} | The daemon started in version 1.2
          policy.loaded | {"added":["role a"],"by":"root","changed":[],"removed":[]} | A policy came into force (1 change) by root
          config.loaded | {"url":"https://ca"} | Configuration came into force for https://ca
          ca.key.added | {"use":"user-ca"} | The CA key for user ca was added
          bundle.published | {"by":"root"} | Trust bundle 7 was published by root
          krl.published | {"keys":1,"ranges":2} | Revocation list 7 was published with 2 ranges of certificates and 1 key in it
          login.opened | {"hostname":"laptop",ALICE,"step":"consented"} | alice allowed the terminal laptop to log in
          login.opened | {"hostname":"laptop",ALICE,"step":"bound"} | alice logged in on laptop
          login.ended | {"cause":"logout","hostname":"laptop",ALICE} | alice logged out of laptop
          login.ended | {"cause":"provider","hostname":"laptop",ALICE} | alice was logged out by the identity provider, of laptop
          certificate.granted | {"hosts":["a","b","c","d"],ALICE,"role":"db","valid_after":"2026-11-21T01:12:00Z","valid_before":"2026-11-21T03:43:00Z"} | alice got db for 2 h 30 min on a b c and 1 more
          certificate.failed | {"cause":"signer_away","entry":"12"} | The certificate of entry 12 was not released: signer_away
          host-certificate.granted | {"host":"db-1","valid_before":"2026-12-21T01:13:00Z"} | Server db-1 got its host certificate for 30 days
          requests.refused | {ALICE,"reasons":[{"code":"x","detail":"No rule allows you."}]} | alice was refused: No rule allows you.
          requests.refused | {"count":12,ALICE} | alice was refused 12 more times
          requests.refused | {"host":"db-1","reasons":[]} | Server db-1 was refused: nobody wrote down why
          revocation.added | {"by":"root","serial":"9","serials":["9"],"target":"serial"} | Certificate 9 was revoked by root (1 certificate)
          revocation.added | {"by":"root","serials":[],"target":"user","user":"bob"} | All that bob holds was revoked by root (0 certificates)
          revocation.added | {"hostname":"laptop",ALICE,"serials":["1","2"],"target":"login"} | The login of alice on laptop was revoked (2 certificates)
          host.joined | {"by":"root","host":"db-1"} | Server db-1 joined by root
          session.opened | {"account":"db","key_id":"al%20ice+x role=r","reported_by":"db-1","serial":"9"} | al ice+x opened a session as db on db-1 with certificate 9
          session.closed | {"reported_by":"db-1","serial":"9"} | A session ended on db-1 with certificate 9
          session.alarm | {"alarm":"alive_after_end","reported_by":"db-1","serial":"9"} | Alarm: a session lived longer than its certificate on db-1 with certificate 9
          session.alarm | {"event":"alarm","reason":"no hook","reported_by":"db-1","serial":"9"} | Alarm: in the server's words: no hook on db-1 with certificate 9
          details.erased | {"by":"dora","entry":"5"} | The details of entry 5 were erased by dora
          details.erased | {"cause":"lost","entries":["5","6"]} | The details of 2 entries were found to be lost
          export.made | {"format":"csv",ALICE,"person":"bob"} | alice took entries away as csv for bob
          clock.thawed | {"operator":"root"} | root vouched for the clock, which had stopped all signing
          issuance.frozen | {"operator":"root"} | root stopped all issuance
          """)
  void saysIt(String kind, String details, String sentence) throws Exception {
    assertThat(said(kind, details.replace("ALICE", ALICE))).isEqualTo(sentence);
  }

  /** Older details, other programs' details and none at all are still said. */
  @ParameterizedTest
  @EnumSource(EntryKind.class)
  void everyKindIsSaidWhateverItsDetails(EntryKind kind) throws Exception {
    assertThat(said(kind.wireName(), "{}")).isNotBlank();
    assertThat(said(kind.wireName(), "{\"identity\":3,\"reasons\":\"x\",\"serials\":{}}"))
        .isNotBlank();
    assertThat(text(read(kind, Optional.empty())))
        .isEqualTo(KindWords.of(kind) + " (its details were erased)");
    assertThat(KindWords.tone(kind)).isNotBlank();
  }

  @Test
  void namesThatCannotBeOnesLeadNowhere() {
    assertThat(Links.role("../admin").href()).isNull();
    assertThat(Links.server("a b").href()).isNull();
    assertThat(Links.entry("7; x").href()).isNull();
    assertThat(Links.person("a&b=c/../?#\u202e").href())
        .isEqualTo("/console/person?name=a%26b%3Dc%2F..%2F%3F%23%E2%80%AE");
    assertThat(Links.person("\u202ex").text()).isEqualTo("\\u{202e}x");
  }

  private static String said(String kind, String details) throws JsonFormatException {
    return text(
        read(
            EntryKind.ofWireName(kind).orElseThrow(),
            Optional.of(CanonicalJson.decodeObject(Bytes.ofUtf8(details)))));
  }

  private static String text(ReadEntry read) {
    return Sentences.of(read).stream().map(Part::text).collect(Collectors.joining(" "));
  }

  private static ReadEntry read(EntryKind kind, Optional<JsonObject> details) {
    Optional<Bytes> encoded = details.map(CanonicalJson::encode);
    Bytes hash = Bytes.ofUtf8("anything").sha256();
    Optional<JsonObject> part =
        switch (kind) {
          case LEDGER_CREATED ->
              Optional.of(PublicPart.ledgerCreated("ca/x", Map.of(), Optional.empty()));
          case CA_KEY_ADDED, CA_KEY_ACTIVATED, CA_KEY_RETIRED ->
              Optional.of(PublicPart.caKey(new Fingerprint(hash)));
          case BUNDLE_PUBLISHED, KRL_PUBLISHED -> Optional.of(PublicPart.published(7, hash));
          default -> Optional.empty();
        };
    Entry entry =
        new Entry(
            AT,
            kind,
            kind.commitsToCertificate() ? Optional.of(hash) : Optional.empty(),
            encoded.orElse(hash).sha256(),
            part);
    EntryNumber number = new EntryNumber(3);
    return new ReadEntry(number, entry, details, new StoredEntry(number, entry.encode(), encoded));
  }
}

package dev.daypass.ledger.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonFormatException;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoredEntry;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

final class ExportSourceTest {
  @TempDir private Path folder;
  private TestLedger test;
  private List<String> lines;

  @BeforeEach
  void export() throws Exception {
    InMemoryLedgerStore store = new InMemoryLedgerStore();
    test = TestLedger.over(store);
    test.appendTogether(IntStream.range(0, 300).mapToObj(i -> test.granting("u" + i)).toList());
    Draft erasure = Draft.of(EntryKind.DETAILS_ERASED, JsonObject.EMPTY, SearchKeys.NONE);
    test.ledger().erase(new EntryNumber(7), erasure);
    lines = new ArrayList<>();
    for (StoredEntry entry : store.entries(new EntryNumber(0), 1000)) {
      lines.add(new ExportLine.Exported(entry).encode().utf8());
    }
    lines.add(new ExportLine.Signed(test.ledger().checkpoint().note().encode()).encode().utf8());
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void anExportVerifiesLikeTheLedger() throws Exception {
    LedgerReport report = verify();
    assertThat(report.faults()).isEmpty();
    assertThat(report.size()).isEqualTo(report.signed());
    assertThat(report.details().compared()).isEqualTo(301);
    assertThat(report.erased()).isEqualTo(1);
    assertThat(report.rebuilt()).isEqualTo(299);
  }

  @Test
  void eachLineIsPlainJson() {
    JsonNode line = new ObjectMapper().readTree(lines.get(3));
    assertThat(line.get("number").asString()).isEqualTo("3");
    assertThat(line.get("entry").get("kind").asString()).isEqualTo("certificate.granted");
    assertThat(line.get("details").get("identity").asString()).startsWith("u");
  }

  @Test
  void withoutItsLastLineItIsWholeAndNotSigned() throws Exception {
    lines.removeLast();
    LedgerReport report = verify();
    assertThat(report.faults()).isEmpty();
    assertThat(report.signed().isEmpty()).isTrue();
  }

  @Test
  void findsAChangedDetail() throws Exception {
    lines.set(42, lines.get(42).replace("\"identity\":\"u", "\"identity\":\"v"));
    assertThat(verify().faults())
        .containsExactly(LedgerFault.of(42, "the details are not those that were hashed"));
  }

  @Test
  void findsAMissingLine() throws Exception {
    lines.remove(42);
    assertThat(verify().faults())
        .contains(LedgerFault.of(42, "the entry is missing"))
        .anyMatch(fault -> fault.problem().startsWith("entries are missing: 302 were signed"));
  }

  @Test
  void findsALineThatIsNone() throws Exception {
    lines.set(42, "{}");
    assertThat(verify().faults())
        .contains(LedgerFault.of(42, "the entry is missing"))
        .anyMatch(fault -> fault.problem().startsWith("a line of the export is malformed"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "{\"entry\":{}}",
        "{\"entry\":{},\"number\":1}",
        "{\"entry\":{},\"number\":\"01\"}",
        "{\"entry\":{},\"more\":1,\"number\":\"1\"}",
        "{\"details\":1,\"entry\":{},\"number\":\"1\"}",
        "{\"entry\":{}, \"number\":\"1\"}",
        "{\"checkpoint\":\"a\",\"number\":\"1\"}"
      })
  void refusesOtherLines(String line) {
    assertThatExceptionOfType(JsonFormatException.class)
        .isThrownBy(() -> ExportLine.decode(Bytes.ofUtf8(line)));
  }

  private LedgerReport verify() throws Exception {
    Path file = Files.write(folder.resolve("export"), lines);
    try (ExportSource source = ExportSource.open(file)) {
      return new LedgerVerifier(
              source,
              TestLedger.ORIGIN,
              List.of(test.ledgerKey()),
              test.rebuild(),
              GrantReview.NONE,
              Progress.NONE)
          .verify(List.of());
    }
  }
}

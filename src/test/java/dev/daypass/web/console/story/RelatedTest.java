package dev.daypass.web.console.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.read.EntryBrowser;
import dev.daypass.ledger.read.EntryFilter;
import dev.daypass.ledger.read.EntryPage;
import dev.daypass.ledger.read.ReadEntry;
import dev.daypass.ledger.refusal.IdentityDetails;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.web.audit.LedgerReader;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What belongs to an entry, found in a real ledger among entries of others. */
final class RelatedTest {
  private static final String WHO = "\"identity\":{\"issuer\":\"i\",\"subject\":\"s\"}";
  private static final SearchKeys SEARCHED = IdentityDetails.searchKeys(new IdentityId("i", "s"));

  private final InMemoryLedgerStore store = new InMemoryLedgerStore();
  private TestLedger test;
  private Related related;
  private EntryBrowser browser;

  @BeforeEach
  void start() throws Exception {
    test = TestLedger.over(store);
    browser = new EntryBrowser(store, test.ledger()::size);
    related = new Related(new Reader(browser));
  }

  @AfterEach
  void close() {
    test.close();
  }

  @Test
  void aGrantHasItsLoginAndWhatBecameOfIt() throws Exception {
    long login = write(EntryKind.LOGIN_OPENED, WHO + ",\"login\":\"L1\"");
    var _ = write(EntryKind.LOGIN_OPENED, WHO + ",\"login\":\"L2\"");
    Draft grant = test.granting("s");
    JsonObject details = object(WHO + ",\"login\":\"L1\"");
    long granted =
        test.append(
                Draft.granting(
                    EntryKind.CERTIFICATE_GRANTED,
                    details,
                    grant.certificate().orElseThrow(),
                    SEARCHED))
            .number()
            .value();
    long opened = write(EntryKind.SESSION_OPENED, session(granted));
    var _ = write(EntryKind.SESSION_OPENED, session(granted + 1000));
    long closed = write(EntryKind.SESSION_CLOSED, session(granted));
    long alarm =
        write(
            EntryKind.SESSION_ALARM,
            "\"alarm\":\"alive_after_end\",\"entry\":\"" + closed + "\"," + session(granted));
    long revoked =
        write(
            EntryKind.REVOCATION_ADDED,
            "\"serials\":[\"" + granted + "\"],\"target\":\"user\",\"user\":\"s\"");
    assertThat(of(granted)).containsExactly(login, opened, closed, alarm, revoked);
    assertThat(of(opened)).containsExactly(granted);
    assertThat(of(revoked)).containsExactly(granted);
    assertThat(of(login)).contains(granted);
  }

  @Test
  void aFailureHasItsGrantAndAnErasureWhatItErased() throws Exception {
    long one = write(EntryKind.LOGIN_ENDED, WHO);
    long failed = write(EntryKind.CERTIFICATE_FAILED, "\"entry\":\"" + one + "\"");
    assertThat(of(failed)).containsExactly(one);
    long erased =
        write(EntryKind.DETAILS_ERASED, "\"entries\":[\"" + one + "\",\"" + failed + "\"]");
    assertThat(of(erased)).containsExactly(one, failed);
  }

  @Test
  void whatNamesNothingHasNothing() throws Exception {
    assertThat(of(write(EntryKind.SESSION_OPENED, "\"serial\":\"no number\""))).isEmpty();
    assertThat(of(write(EntryKind.CERTIFICATE_FAILED, "\"entry\":\"99999999\""))).isEmpty();
    assertThat(of(0)).isEmpty();
  }

  private static String session(long serial) {
    return "\"serial\":\"" + serial + "\"";
  }

  private long write(EntryKind kind, String members) throws Exception {
    return test.append(Draft.of(kind, object(members), SEARCHED)).number().value();
  }

  private static JsonObject object(String members) throws Exception {
    return CanonicalJson.decodeObject(Bytes.ofUtf8("{" + members + "}"));
  }

  private List<Long> of(long number) throws Exception {
    ReadEntry read = browser.entry(new EntryNumber(number)).orElseThrow();
    return related.of(read).stream().map(each -> each.number().value()).toList();
  }

  /** As the root reads it. */
  private record Reader(EntryBrowser browser) implements LedgerReader {
    @Override
    public EntryPage page(EntryFilter filter, Optional<EntryNumber> before, int limit)
        throws IOException {
      try {
        return browser.page(filter, before, limit);
      } catch (StoreFailed e) {
        throw new IOException(e);
      }
    }

    @Override
    public Optional<ReadEntry> entry(EntryNumber number) throws IOException {
      try {
        return browser.entry(number);
      } catch (StoreFailed e) {
        throw new IOException(e);
      }
    }

    @Override
    public List<ReadEntry> about(EntryNumber number, int limit) throws IOException {
      try {
        return browser.about(number, limit);
      } catch (StoreFailed e) {
        throw new IOException(e);
      }
    }

    @Override
    public Optional<String> proof(EntryNumber number) {
      return Optional.empty();
    }

    @Override
    public Optional<Export> export(EntryFilter filter, Identity who, String how) {
      return Optional.empty();
    }
  }
}

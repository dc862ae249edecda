package dev.daypass.revocation.publish;

import static dev.daypass.revocation.RevocationScenario.ALICES_KEY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.krl.KeyRevocationList;
import dev.daypass.ledger.Draft;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.store.SearchKeys;
import dev.daypass.revocation.RevocationScenario;
import dev.daypass.signer.ChannelSigner;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.TestKeys;
import dev.daypass.tlog.EntryNumber;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
final class KrlServiceTest {
  private static final Duration LONG = Duration.ofMinutes(1);

  private final AtomicBoolean open = new AtomicBoolean(true);
  private final InMemoryKrlStore file = new InMemoryKrlStore();
  private RevocationScenario scene;
  private EntryNumber alices;

  @BeforeEach
  void open() throws Exception {
    scene = new RevocationScenario();
    alices = scene.granted("alice", "db", ALICES_KEY);
    scene.restart();
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void publishesAtItsStartAndAfterEachRevocation() throws Exception {
    try (KrlService service = start()) {
      PublishedKrl first = service.shelf().awaitNewer(0, LONG).orElseThrow();
      assertThat(KeyRevocationList.decode(first.list()).certificates()).isEmpty();
      revoke();
      PublishedKrl second = service.shelf().awaitNewer(first.version(), LONG).orElseThrow();
      assertThat(KeyRevocationList.decode(second.list()).revokes(scene.certificate(alices)))
          .isTrue();
    }
  }

  @Test
  void waitsForTheFirstEntriesOfTheStart() throws Exception {
    open.set(false);
    try (KrlService service = start()) {
      assertThat(scene.state().awaitComplete(LONG)).isTrue();
      assertThat(scene.entries(EntryKind.KRL_PUBLISHED)).isEmpty();
      open.set(true);
      assertThat(service.shelf().awaitNewer(0, LONG)).isPresent();
    }
  }

  @Test
  void triesAgainUntilItSucceeds() throws Exception {
    file.failing(true);
    try (KrlService service = start()) {
      while (scene.entries(EntryKind.KRL_PUBLISHED).isEmpty()) {
        Thread.onSpinWait();
      }
      assertThat(service.shelf().newest()).isEmpty();
      file.failing(false);
      assertThat(service.shelf().awaitNewer(0, LONG)).isPresent();
    }
  }

  @Test
  void publishesNothingOnceItIsClosed() throws Exception {
    KrlService service = start();
    PublishedKrl last = service.shelf().awaitNewer(0, LONG).orElseThrow();
    service.close();
    revoke();
    assertThat(service.shelf().awaitNewer(last.version(), LONG)).contains(last);
    assertThat(scene.entries(EntryKind.KRL_PUBLISHED)).hasSize(1);
  }

  private KrlService start() {
    return KrlService.start(
        scene.test().ledger(),
        scene.state(),
        new ChannelSigner(TestKeys.of(SshKeyType.ED25519)),
        file,
        scene::now,
        open::get);
  }

  private void revoke() throws Exception {
    JsonObject details =
        JsonObject.builder().put("serials", JsonArray.ofTexts(List.of(alices.toString()))).build();
    var _ = scene.test().append(Draft.of(EntryKind.REVOCATION_ADDED, details, SearchKeys.NONE));
  }
}

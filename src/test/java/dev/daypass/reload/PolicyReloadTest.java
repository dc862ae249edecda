package dev.daypass.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.config.policy.PolicyFile;
import dev.daypass.fleet.MapVersions;
import dev.daypass.ledger.FaultyStore.Fault;
import dev.daypass.ledger.InMemoryLedgerStore;
import dev.daypass.ledger.TestLedger;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.ledger.json.CanonicalJson;
import dev.daypass.ledger.json.JsonArray;
import dev.daypass.ledger.json.JsonObject;
import dev.daypass.ledger.json.JsonText;
import dev.daypass.policy.Policy;
import dev.daypass.policy.role.RoleName;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.EntryNumber;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PolicyReloadTest {
  private static final String FIRST =
      """
      roles:
        one: { accounts: [a], ttl: { default: 5m, max: 1h }, allow: [{ when: 'true' }] }
      """;
  private static final String SECOND = FIRST + FIRST.replace("roles:\n", "").replace("one", "two");
  private static final String BROKEN =
      SECOND.replace("'true'", "identity.nobody").replace("5m", "x");

  @TempDir private Path folder;
  private final AtomicInteger wakes = new AtomicInteger();
  private TestLedger test;
  private MapVersions versions;
  private Path file;
  private PolicyShelf shelf;
  private Policy first;
  private Reload reload;
  private boolean open = true;

  @BeforeEach
  void start() throws Exception {
    test = TestLedger.over(new InMemoryLedgerStore());
    file = Files.writeString(folder.resolve("policy.yaml"), FIRST);
    first = PolicyFile.read(file, Set.of()).policy();
    shelf = new PolicyShelf(first, size());
    versions = new MapVersions(() -> test.ledger().size().value());
    reload =
        new Reload(
            List.of(
                new PolicyReload(
                    file, Set.of(), shelf, test.ledger(), versions, wakes::incrementAndGet)),
            () -> open);
  }

  @AfterEach
  void stop() throws Exception {
    test.checkInvariants();
    test.close();
  }

  @Test
  void putsAnotherPolicyInForceOnceItIsWrittenDown() throws Exception {
    Files.writeString(file, SECOND);
    assertThat(reload.run("SIGHUP"))
        .isEqualTo(new ReloadOutcome.Done(List.of("policy: role two is new")));
    assertThat(shelf.policy().roles()).containsKey(new RoleName("two"));
    assertThat(wakes).as("servers that wait are woken").hasValue(1);
    EntryNumber newest = new EntryNumber(size() - 1);
    Entry entry = test.ledger().entry(newest).orElseThrow();
    assertThat(entry.kind()).isEqualTo(EntryKind.POLICY_LOADED);
    JsonObject details = details(newest);
    assertThat(details.text("by")).contains("SIGHUP");
    assertThat(details.text("text")).contains(SECOND);
    assertThat(details.text("sha256")).contains(Bytes.ofUtf8(SECOND).sha256().base64Url());
    assertThat(details.value("added")).contains(new JsonArray(List.of(new JsonText("role two"))));
    assertThat(shelf.inForce().since()).as("of maps made under it").isEqualTo(size());
  }

  @Test
  void noMapOfTheOldPolicyHasAVersionOfTheNew() throws Exception {
    Files.writeString(file, SECOND);
    CountDownLatch latch = new CountDownLatch(1);
    test.store().holdAppends(latch);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var done = threads.submit(() -> reload.run("SIGHUP"));
      test.store().awaitHeldAppend();
      long version = versions.current();
      assertThat(shelf.policy()).as("not written, so not in force").isSameAs(first);
      latch.countDown();
      assertThat(done.get()).isInstanceOf(ReloadOutcome.Done.class);
      assertThat(shelf.inForce().since()).isGreaterThan(version);
    }
  }

  @Test
  void aBadFileChangesNothingAndEachProblemIsTold() throws Exception {
    long before = size();
    Files.writeString(file, BROKEN);
    assertThat(reload.run("root"))
        .isInstanceOfSatisfying(
            ReloadOutcome.Refused.class,
            refused ->
                assertThat(refused.problems())
                    .hasSizeGreaterThanOrEqualTo(4)
                    .allSatisfy(line -> assertThat(line).startsWith(file + ":").contains("; "))
                    .anySatisfy(line -> assertThat(line).contains("roles.one.ttl"))
                    .anySatisfy(line -> assertThat(line).contains("roles.two.allow[0]")));
    assertThat(shelf.policy()).isSameAs(first);
    assertThat(size()).isEqualTo(before);
    assertThat(wakes).hasValue(0);
  }

  @Test
  void oneBadPartKeepsAllOthersBack() throws Exception {
    Files.writeString(file, SECOND);
    Path other = Files.writeString(folder.resolve("other.yaml"), BROKEN);
    Reloadable bad =
        () -> {
          var _ = PolicyFile.read(other, Set.of());
          throw new AssertionError("it loads");
        };
    AtomicInteger applied = new AtomicInteger();
    Reloadable good = () -> Optional.of(_ -> List.of("it was " + applied.incrementAndGet()));
    Reload both = new Reload(List.of(good, bad), () -> true);
    assertThat(both.run("root")).isInstanceOf(ReloadOutcome.Refused.class);
    assertThat(applied).hasValue(0);
  }

  @Test
  void theSameTextIsNoEntry() {
    long before = size();
    assertThat(reload.run("SIGHUP")).isEqualTo(new ReloadOutcome.Done(List.of()));
    assertThat(size()).isEqualTo(before);
  }

  @Test
  void anotherTextOfTheSameMeaningIsOne() throws Exception {
    Files.writeString(file, "# reviewed\n" + FIRST);
    assertThat(reload.run("SIGHUP"))
        .isEqualTo(new ReloadOutcome.Done(List.of("policy: another text that means the same")));
    assertThat(shelf.policy()).as("its hash is what grants name").isNotSameAs(first);
  }

  @Test
  void whatCannotBeWrittenDownIsNotInForce() throws Exception {
    Files.writeString(file, SECOND);
    test.store().failNextAppend(Fault.FULL);
    assertThat(reload.run("SIGHUP")).isInstanceOf(ReloadOutcome.Unavailable.class);
    assertThat(shelf.policy()).isSameAs(first);
    open = false;
    assertThat(reload.run("SIGHUP"))
        .as("before the first entries of a start")
        .isInstanceOf(ReloadOutcome.Unavailable.class);
  }

  @Test
  void aFileThatChangesIsReadOnceItIsLeftAlone() throws Exception {
    FileWatch watch = new FileWatch(file, reload);
    watch.run();
    write(SECOND, 1);
    watch.run();
    assertThat(shelf.policy()).as("it may still be written").isSameAs(first);
    watch.run();
    assertThat(shelf.policy().roles()).hasSize(2);
    long size = size();
    watch.run();
    assertThat(size()).isEqualTo(size);
  }

  @Test
  void aFaultyFileIsToldOnceAndAnAbsentOneNotAtAll() throws Exception {
    FileWatch watch = new FileWatch(file, reload);
    Path away = Files.move(file, folder.resolve("away"));
    watch.run();
    watch.run();
    Files.move(away, file, StandardCopyOption.ATOMIC_MOVE);
    watch.run();
    watch.run();
    assertThat(shelf.policy()).isSameAs(first);
    write(BROKEN, 2);
    watch.run();
    watch.run();
    assertThat(shelf.policy()).isSameAs(first);
    write(SECOND, 3);
    watch.run();
    watch.run();
    assertThat(shelf.policy().roles()).hasSize(2);
  }

  @Test
  void aChangeThatTheLedgerDidNotTakeIsTriedAgain() throws Exception {
    FileWatch watch = new FileWatch(file, reload);
    open = false;
    write(SECOND, 1);
    watch.run();
    watch.run();
    assertThat(shelf.policy()).isSameAs(first);
    open = true;
    watch.run();
    assertThat(shelf.policy().roles()).hasSize(2);
  }

  private void write(String text, long at) throws IOException {
    Files.writeString(file, text);
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000 * at));
  }

  private JsonObject details(EntryNumber number) throws Exception {
    return CanonicalJson.decodeObject(test.ledger().details(number).orElseThrow());
  }

  private long size() {
    return test.ledger().size().value();
  }
}

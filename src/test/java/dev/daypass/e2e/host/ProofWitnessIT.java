package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.cert.Certificate;
import dev.daypass.e2e.Command;
import dev.daypass.ledger.TestLedger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cosignatures that a server's bundle demands (DESIGN section 6), verified by openssl. */
final class ProofWitnessIT {
  private final TestWitness first = new TestWitness("witness.example/w1");
  private final TestWitness second = new TestWitness("witness.example/w2");
  private final TestWitness third = new TestWitness("witness.example/w3");

  @TempDir Path folder;

  private Forgery forgery;
  private ProofHost host;

  @BeforeEach
  void start() throws Exception {
    forgery = new Forgery();
    host = ProofHost.in(folder);
  }

  @AfterEach
  void stop() {
    forgery.close();
  }

  @Test
  void demandsAQuorum() throws Exception {
    demand("group two 2 w1 w2 w3", "quorum two");
    assertThat(opens(forgery.granted())).isFalse();
    assertThat(opens(forgery.withCosignatures(first))).isFalse();
    assertThat(opens(forgery.withCosignatures(first, third))).isTrue();
    assertThat(opens(forgery.withCosignatures(third, second, first))).isTrue();
  }

  @Test
  void countsAWitnessOnce() throws Exception {
    demand("group two 2 w1 w2", "quorum two");
    assertThat(opens(forgery.withCosignatures(first, first))).isFalse();
  }

  @Test
  void countsNoStrangerAndIgnoresIt() throws Exception {
    demand("group some any w1 w2", "quorum some");
    TestWitness stranger = new TestWitness("witness.example/w1");
    assertThat(opens(forgery.withCosignatures(stranger))).isFalse();
    assertThat(opens(forgery.withCosignatures(stranger, second))).isTrue();
  }

  @Test
  void refusesANoteWithABadSignatureOfAKnownWitness() throws Exception {
    demand("group some any w1 w2", "quorum some");
    String note = forgery.proof().checkpoint().text();
    assertThat(opens(forgery.withNoteSignatures(List.of(second.cosign(note))))).isTrue();
    assertThat(
            opens(
                forgery.withNoteSignatures(
                    List.of(second.cosign(note), first.cosignWrongly(note)))))
        .isFalse();
  }

  @Test
  void readsGroupsOfGroups() throws Exception {
    demand("group a all w1 w2", "group b any a w3", "quorum b");
    assertThat(opens(forgery.withCosignatures(first))).isFalse();
    assertThat(opens(forgery.withCosignatures(third))).isTrue();
    assertThat(opens(forgery.withCosignatures(first, second))).isTrue();
  }

  @Test
  void refusesAllByAPolicyThatItDoesNotUnderstand() throws Exception {
    Certificate good = forgery.withCosignatures(first, second, third);
    for (String line :
        List.of("group g 4 w1 w2 w3", "group g any w9", "group g any w1 w1", "group w1 any w2")) {
      demand(line, "quorum w1");
      assertThat(opens(good)).as(line).isFalse();
    }
    demand("quorum w9");
    assertThat(opens(good)).isFalse();
    demand("quorum w1");
    assertThat(opens(good)).isTrue();
  }

  private void demand(String... lines) throws Exception {
    List<String> policy =
        new ArrayList<>(
            List.of(
                "witness w1 " + first.vkey(),
                "witness w2 " + second.vkey() + " https://witness.example/",
                "witness w3 " + third.vkey()));
    policy.addAll(List.of(lines));
    host.trusts(
        TestLedger.ORIGIN,
        forgery.userCa().publicKey(),
        forgery.ledgerKey().publicKey(),
        policy.toArray(String[]::new));
  }

  private boolean opens(Certificate certificate) throws Exception {
    Command.Result result = host.asking(ProofHost.ACCOUNT, certificate).run();
    assertThat(result.out()).isEqualTo(result.succeeded() ? ProofHost.PRINCIPALS : "");
    return result.succeeded();
  }
}

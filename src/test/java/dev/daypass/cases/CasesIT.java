package dev.daypass.cases;

import dev.daypass.CaFiles;
import dev.daypass.SignerRun;
import dev.daypass.custody.token.SoftHsm;
import dev.daypass.e2e.AgentProcess;
import dev.daypass.e2e.Parts;
import dev.daypass.faults.Figures;
import dev.daypass.faults.Goal;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * CASES.md against the whole daemon, through its HTTP port: what must be refused is refused by its
 * code, nothing is signed, and the refusal of somebody known stands in the ledger. After each group
 * the ledger is checked as a whole.
 */
final class CasesIT {
  private final Parts parts = new Parts();

  @AfterEach
  void close() {
    parts.stop();
  }

  @TestFactory
  Stream<DynamicContainer> cases() throws Exception {
    return on(CaFiles.KeySetup.NONE);
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicContainer> casesWithKeysInAnAgent() throws Exception {
    AgentProcess agent = parts.started(AgentProcess.start());
    return on(in -> agent.keys(in, "ed25519", "256"));
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicContainer> casesWithKeysInAToken() throws Exception {
    return on(in -> SoftHsm.instance().caKeys(in, "EC", "ec_paramgen_curve:P-256"));
  }

  @TestFactory
  @Tag("long")
  Stream<DynamicContainer> casesWithKeysOfASeparateSigner() throws Exception {
    SignerRun signer = parts.started(SignerRun.start());
    return on(_ -> signer.keys());
  }

  private Stream<DynamicContainer> on(CaFiles.KeySetup keys) throws IOException {
    Scene scene = parts.started(Scene.open(keys));
    return CaseTable.GROUPS.stream()
        .map(group ->
            DynamicContainer.dynamicContainer(
                group.name(), Stream.concat(attempts(group, scene), Stream.of(invariants(scene)))));
  }

  @AfterAll
  static void tell() {
    Figures.record(
        Goal.R17,
        CasesIT.class,
        "%d cases tried through the port; those that stand elsewhere are named by CaseTableTest",
        CaseTable.GROUPS.stream().mapToInt(group -> group.rows().size()).sum());
  }

  private static Stream<DynamicNode> attempts(CaseTable.Group group, Scene scene) {
    return group.rows().stream()
        .map(row ->
            DynamicTest.dynamicTest(row.number() + ": " + row.what(), () -> row.check().on(scene)));
  }

  private static DynamicNode invariants(Scene scene) {
    return DynamicTest.dynamicTest("the ledger holds", () -> scene.ca().checkInvariants());
  }
}

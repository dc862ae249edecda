package dev.daypass.cases;

import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * CASES.md against the whole daemon, through its HTTP port: what must be refused is refused by its
 * code, nothing is signed, and the refusal of somebody known stands in the ledger. After each group
 * the ledger is checked as a whole.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CasesIT {
  private Scene scene;

  @BeforeAll
  void open() throws IOException {
    scene = Scene.open();
  }

  @AfterAll
  void close() {
    scene.close();
  }

  @TestFactory
  Stream<DynamicContainer> cases() {
    return CaseTable.GROUPS.stream()
        .map(group ->
            DynamicContainer.dynamicContainer(
                group.name(), Stream.concat(attempts(group), Stream.of(invariants()))));
  }

  private Stream<DynamicNode> attempts(CaseTable.Group group) {
    return group.rows().stream()
        .map(row ->
            DynamicTest.dynamicTest(row.number() + ": " + row.what(), () -> row.check().on(scene)));
  }

  private DynamicNode invariants() {
    return DynamicTest.dynamicTest("the ledger holds", () -> scene.ca().checkInvariants());
  }
}

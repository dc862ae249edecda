package dev.daypass.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** No case of CASES.md is forgotten. */
final class CaseTableTest {
  @Test
  void coversEveryCaseOrSaysWhyNot() {
    CaseTable.covered().forEach((number, by) -> System.out.printf("CASES %2d  %s%n", number, by));
    assertThat(CaseTable.covered()).allSatisfy((_, by) -> assertThat(by).isNotEmpty());
  }

  @Test
  void namesTestsThatExist() throws ClassNotFoundException {
    for (List<String> tests : CaseTable.ELSEWHERE.values()) {
      for (String test : tests) {
        String[] parts = test.split("#", 2);
        assertThat(Arrays.stream(Class.forName("dev.daypass." + parts[0]).getDeclaredMethods()))
            .as(test)
            .anyMatch(method -> method.getName().equals(parts[1]));
      }
    }
  }

  @Test
  void excusesOnlyWhatIsNotTried() {
    assertThat(CaseTable.GROUPS)
        .flatExtracting(CaseTable.Group::rows)
        .extracting(CaseRow::number)
        .doesNotContainAnyElementsOf(CaseTable.NOT_YET.keySet())
        .isSubsetOf(CaseTable.numbers());
    assertThat(CaseTable.numbers()).containsAll(CaseTable.NOT_YET.keySet());
  }
}

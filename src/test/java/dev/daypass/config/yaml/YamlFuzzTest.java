package dev.daypass.config.yaml;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

final class YamlFuzzTest {
  @FuzzTest(maxDuration = "1m")
  void readsOrSaysWhatIsWrong(byte[] input) {
    Faults faults = new Faults();
    var root = YamlDocument.read(new String(input, StandardCharsets.UTF_8), faults);

    assertThat(root.isPresent() || !faults.none()).isTrue();
    root.ifPresent(mapping -> mapping.values().values().forEach(YamlFuzzTest::visit));
    assertThat(faults.list()).allMatch(fault -> Printable.isPlain(fault.message()));
  }

  private static void visit(YamlValue value) {
    if (value.isMapping()) {
      value.mapping().ifPresent(m -> m.values().values().forEach(YamlFuzzTest::visit));
    } else if (value.isList()) {
      value.items().forEach(YamlFuzzTest::visit);
    } else {
      value.text();
      value.number(0, 100);
      value.size(0, 100);
      value.duration(Duration.ZERO, Duration.ofDays(1));
    }
  }
}

package dev.daypass.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.LoggingEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DiagnosticsLayoutTest {
  @Test
  void hostileMessageStaysOneLineOfJson() {
    String line = line("a\n{\"level\":\"ERROR\"}\u202e\u001b[2J\\", null);

    assertThat(line).endsWith("}\n").containsOnlyOnce("\n");
    assertThat(line).contains("\\u000a", "\\u202e", "\\u001b").doesNotContain("\u202e");
    JsonNode json = JsonMapper.shared().readTree(line);
    assertThat(json.get("level").stringValue()).isEqualTo("INFO");
    assertThat(json.get("message").stringValue())
        .isEqualTo("a\n{\"level\":\"ERROR\"}\u202e\u001b[2J\\");
  }

  @Test
  void failureIsPartOfTheLine() {
    String line = line("x", new IllegalStateException("why", new RuntimeException("deeper")));

    assertThat(line).containsOnlyOnce("\n");
    assertThat(JsonMapper.shared().readTree(line).get("failure").get(0).stringValue())
        .isEqualTo("java.lang.IllegalStateException: why");
    assertThat(line).contains("RuntimeException: deeper");
  }

  @Test
  void namesTheRequestThatItIsAbout() {
    assertThat(line("x", null)).doesNotContain("\"request\"");
    try (var _ = MDC.putCloseable("request", "0123456789abcdefgh")) {
      assertThat(JsonMapper.shared().readTree(line("x", null)).get("request").stringValue())
          .isEqualTo("0123456789abcdefgh");
    }
  }

  private static String line(String message, @Nullable Throwable failure) {
    LoggerContext context = new LoggerContext();
    context.setMDCAdapter(MDC.getMDCAdapter());
    LoggingEvent event =
        new LoggingEvent(
            "x", context.getLogger("dev.daypass.Test"), Level.INFO, message, failure, null);
    return new DiagnosticsLayout().doLayout(event);
  }
}

package dev.daypass.systemd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class ReadinessProbeTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String HEAD = "\r\nContent-Type: text/plain\r\n\r\n";

  private String asked = "";

  @Test
  void isReady() throws Exception {
    String body = "ready: true\nchecks.ledger: ok\nchecks.rollback: unprotected\n";
    assertThat(probe("HTTP/1.1 200 OK" + HEAD + body).state()).isEqualTo("ready");
    assertThat(asked)
        .startsWith("GET /readyz HTTP/1.1\r\n")
        .contains("\r\nAccept: text/plain\r\n")
        .endsWith("\r\n\r\n");
  }

  @Test
  void namesThePartThatIsNotReady() throws Exception {
    String body =
        "ready: false\nchecks.copy-1: failing\nchecks.issuance: ok\nchecks.ledger: clock\n";
    assertThat(probe("HTTP/1.1 503 Service Unavailable" + HEAD + body).state())
        .isEqualTo("not ready: copy-1: failing, ledger: clock");
  }

  @Test
  void anotherAnswerIsNone() {
    assertThatThrownBy(() -> probe("HTTP/1.1 500 Server Error" + HEAD).state())
        .isInstanceOf(IOException.class)
        .hasMessage("/readyz answers HTTP/1.1 500 Server Error");
    assertThatThrownBy(() -> probe("").state()).hasMessage("/readyz answers nothing");
  }

  @Test
  void nobodyAnswers() {
    IOException silence = new IOException("the listener does not answer");
    ReadinessProbe probe =
        new ReadinessProbe(
            (_, patience) -> {
              assertThat(patience).isEqualTo(PATIENCE);
              throw silence;
            },
            PATIENCE);
    assertThatThrownBy(probe::state).isSameAs(silence);
  }

  private ReadinessProbe probe(String answer) {
    return new ReadinessProbe(
        (request, _) -> {
          asked = request;
          return answer;
        },
        PATIENCE);
  }
}

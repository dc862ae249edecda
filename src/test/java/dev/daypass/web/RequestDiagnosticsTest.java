package dev.daypass.web;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import dev.daypass.web.RawHttp.Answer;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said while a request is worked on names that request, wherever it is said. */
final class RequestDiagnosticsTest {
  private static final Logger LOG = (Logger) LoggerFactory.getLogger(RequestDiagnosticsTest.class);

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final AppenderBase<ILoggingEvent> said =
      new AppenderBase<>() {
        @Override
        protected void append(ILoggingEvent event) {
          requests.add(event.getMDCPropertyMap().getOrDefault("request", "none"));
        }
      };

  @BeforeEach
  void listen() {
    said.start();
    LOG.addAppender(said);
  }

  @AfterEach
  void stop() {
    LOG.detachAppender(said);
  }

  @Test
  void eachRequestIsNamedAsItsAnswerIs() throws IOException {
    try (RunningServer server = RunningServer.start()) {
      server.backend.files.checkpoint =
          () -> {
            LOG.info("deep inside");
            throw new IllegalStateException("and it fails");
          };
      Answer first = server.get("/ledger/checkpoint");
      Answer second = server.get("/ledger/checkpoint");
      assertThat(requests)
          .containsExactly(first.header("daypass-request-id"), second.header("daypass-request-id"))
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void whatNoRequestCausedNamesNone() {
    LOG.info("on its own");
    assertThat(requests).containsExactly("none");
  }
}

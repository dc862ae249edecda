package dev.daypass.oidc.keys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.oidc.FakeIdp;
import dev.daypass.oidc.FakeIdp.Mood;
import dev.daypass.oidc.TestKey;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
final class JsonFetchTest {
  private final FakeIdp idp = new FakeIdp(TestKey.ecdsa("k", "ES256"));
  private final JsonFetch fetch = new JsonFetch();

  @AfterEach
  void close() {
    fetch.close();
    idp.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"application/json", "Application/JSON; charset=utf-8", "application/jwk-set+json"})
  void fetchesJson(String type) throws Exception {
    idp.contentType(type);

    assertThat(fetched(Duration.ofSeconds(5))).asString().startsWith("{\"keys\":[{");
  }

  @ParameterizedTest
  @CsvSource({
    "STATUS_500, answered with status 500",
    "HTML, answered something that is not JSON",
    "TEN_MEGABYTES, answered more than 262144 bytes",
    "REDIRECT_TO_METADATA, answered with status 302",
    "REDIRECT_TO_ITSELF, answered with status 302",
    "CLOSE, the connection failed"
  })
  void saysWhatWasWrong(Mood mood, String message) {
    idp.behave(mood);

    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetched(Duration.ofSeconds(5)))
        .withMessage(message);
    // The JDK's client asks once more on a connection that closes without an answer.
    assertThat(idp.keyRequests()).isEqualTo(mood == Mood.CLOSE ? 2 : 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"HANG", "DRIP"})
  void givesUpAfterTheTimeoutWhateverArrives(String mood) {
    idp.behave(Mood.valueOf(mood));
    long before = System.nanoTime();

    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetched(Duration.ofMillis(300)))
        .withMessageMatching("no (whole )?answer (with)?in .*");
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  @Test
  void saysThatNobodyListens() {
    idp.close();

    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetched(Duration.ofSeconds(5)))
        .withMessage("cannot be connected to");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://169.254.169.254/latest/meta-data/",
        "http://idp.example.com/keys",
        "ftp://127.0.0.1/keys",
        "file:///etc/passwd"
      })
  void asksNobodyWithoutTls(String address) {
    assertThatExceptionOfType(FetchException.class)
        .isThrownBy(() -> fetch.fetch(URI.create(address), Duration.ofSeconds(5)))
        .withMessage("the address is neither https nor loopback");
  }

  private byte[] fetched(Duration timeout) throws FetchException {
    return fetch.fetch(URI.create(idp.issuer() + "/keys"), timeout);
  }
}

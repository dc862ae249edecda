package dev.daypass.export.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.daypass.ssh.Bytes;
import org.junit.jupiter.api.Test;

final class WebhookSecretTest {
  // The example of the Standard Webhooks specification and its libraries.
  private static final String SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final String ID = "msg_p5jXN8AQM9LWM0D4loKWxJek";
  private static final long AT = 1614265330;
  private static final Bytes BODY = Bytes.ofUtf8("{\"test\": 2432232314}");
  private static final String SIGNATURE = "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=";

  @Test
  void signsThePublishedExample() {
    assertThat(WebhookSecret.parse(SECRET).signature(ID, AT, BODY)).isEqualTo(SIGNATURE);
  }

  @Test
  void whileOneTakesThePlaceOfAnotherBothSign() {
    String other = "whsec_" + "QUFB".repeat(8);
    String both = WebhookSecret.parse(other + " " + SECRET).signature(ID, AT, BODY);
    assertThat(both.split(" ")).hasSize(2).contains(SIGNATURE);
  }

  @Test
  void anythingElseGivesAnotherSignature() {
    WebhookSecret secret = WebhookSecret.parse(SECRET);
    assertThat(secret.signature(ID, AT + 1, BODY)).isNotEqualTo(SIGNATURE);
    assertThat(secret.signature("msg_x", AT, BODY)).isNotEqualTo(SIGNATURE);
    assertThat(secret.signature(ID, AT, Bytes.EMPTY)).isNotEqualTo(SIGNATURE);
  }

  @Test
  void saysNothingOfItself() {
    assertThat(WebhookSecret.parse(SECRET)).hasToString("(secret)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebhookSecret.parse("hidden"))
        .withMessageNotContaining("hidden");
  }
}

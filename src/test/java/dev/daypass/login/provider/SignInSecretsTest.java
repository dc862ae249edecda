package dev.daypass.login.provider;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class SignInSecretsTest {
  private final SignInSecrets secrets = new SignInSecrets("login.state", "nonce", "verifier");

  @Test
  void knowsItsStateAndNoOther() {
    assertThat(secrets.isState("login.state")).isTrue();
    for (String other : new String[] {"", "login.stat", "login.state ", "login.State", "nonce"}) {
      assertThat(secrets.isState(other)).as(other).isFalse();
    }
  }

  @Test
  void printsNothing() {
    assertThat(secrets.toString()).doesNotContain("state", "nonce", "verifier");
  }
}

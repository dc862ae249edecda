package dev.daypass.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.ssh.Bytes;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class LoginValuesTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  @Test
  void challengeIsThatOfTheStandardsExample() {
    // RFC 7636 appendix B
    LoginSecret secret =
        LoginSecret.parse("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk").orElseThrow();
    assertThat(secret.sha256().base64Url())
        .isEqualTo("E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
  }

  @Test
  void secretsHaveFortyThreeCanonicalCharacters() {
    LoginSecret secret = LoginSecret.random(RANDOM);
    assertThat(LoginSecret.parse(secret.text())).contains(secret);
    String text = secret.text();
    for (String bad :
        List.of(
            "", text + "A", text.substring(1), text.substring(1) + "B", text.substring(1) + "=")) {
      assertThat(LoginSecret.parse(bad)).as(bad).isEmpty();
    }
  }

  @Test
  void nothingSecretPrints() {
    LoginSecret secret = LoginSecret.random(RANDOM);
    UserCode code = UserCode.random(RANDOM);
    assertThat(secret.toString()).doesNotContain(secret.text());
    assertThat(code.toString()).doesNotContain(code.text());
    assertThat(RefreshToken.of("t0k3n").toString()).doesNotContain("t0k3n");
    assertThat(new SignInSecrets("st4te", "n0nce", "v3rifier").toString())
        .doesNotContain("st4te", "n0nce", "v3rifier");
  }

  @Test
  void loginIdsAreSixteenBytes() {
    LoginId id = LoginId.random(RANDOM);
    assertThat(LoginId.parse(id.text())).contains(id);
    assertThat(LoginId.parse(id.text() + "A")).isEmpty();
    assertThat(LoginId.parse(id.text().substring(1) + "B")).as("two bits of 16 bytes").isEmpty();
    assertThat(LoginId.parse("../../../../etc/passwd")).isEmpty();
  }

  @Test
  void codesAreTypedAsPeopleType() {
    UserCode code = UserCode.random(RANDOM);
    assertThat(code.matches(code.text())).isTrue();
    assertThat(code.matches(" " + code.text().replace("-", " ") + "\n")).isTrue();
    assertThat(code.matches("")).isFalse();
    assertThat(code.matches(code.text() + "B")).isFalse();
    Set<String> codes = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      codes.add(UserCode.random(RANDOM).text());
    }
    assertThat(codes).hasSize(100).allMatch(text -> text.length() == 9);
  }

  @Test
  void secretsCompareByContent() {
    LoginSecret secret = LoginSecret.random(RANDOM);
    assertThat(secret.matches(LoginSecret.parse(secret.text()).orElseThrow())).isTrue();
    assertThat(secret.matches(LoginSecret.random(RANDOM))).isFalse();
    assertThat(secret.matches("é")).isFalse();
    assertThat(Bytes.ofUtf8(secret.text()).sha256()).isEqualTo(secret.sha256());
  }
}

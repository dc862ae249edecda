package dev.daypass.ssh.signature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ArmorTest {
  private static final String BEGIN = "-----BEGIN SSH SIGNATURE-----\n";
  private static final String END = "-----END SSH SIGNATURE-----\n";

  @Test
  void readsWhatItWrote() throws Exception {
    for (int size = 0; size < 200; size++) {
      Bytes content = Bytes.of(new byte[size]);
      String text = Armor.SSH_SIGNATURE.text(content);
      if (size > 0) {
        assertThat(Armor.SSH_SIGNATURE.parse(text)).isEqualTo(content);
        assertThat(text.lines()).allMatch(line -> line.length() <= 70);
      }
    }
  }

  @Test
  void readsAllWidthsUpToTheSpecifications() throws Exception {
    String base64 = Bytes.of(new byte[57]).base64();
    assertThat(base64).hasSize(76);
    assertThat(Armor.SSH_SIGNATURE.parse(BEGIN + base64 + "\n" + END).size()).isEqualTo(57);
    assertThat(Armor.SSH_SIGNATURE.parse(BEGIN + "AAAA\nAAAA\n" + END.strip()).size()).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "AAAA",
        BEGIN,
        END,
        BEGIN + END,
        "\n" + BEGIN + "AAAA\n" + END,
        " " + BEGIN + "AAAA\n" + END,
        BEGIN + "AAAA\n" + END + "\n",
        BEGIN + "AAAA\n" + END + "more",
        BEGIN + "AAA\n" + END,
        BEGIN + "AAAA \n" + END,
        BEGIN + "AAAA\r\n" + END,
        BEGIN + "AAB=\n" + END,
        BEGIN + "AAAA" + END,
        "-----BEGIN SSH SIGNATURE-----\r\nAAAA\r\n-----END SSH SIGNATURE-----\r\n",
        "-----BEGIN OPENSSH PRIVATE KEY-----\nAAAA\n-----END OPENSSH PRIVATE KEY-----\n",
        BEGIN + "AAAA\n" + END + BEGIN + "AAAA\n" + END
      })
  void refuses(String text) {
    assertThatThrownBy(() -> Armor.SSH_SIGNATURE.parse(text))
        .isInstanceOf(SshFormatException.class);
  }

  @Test
  void refusesLongLinesAndTexts() {
    String line = Bytes.of(new byte[60]).base64();
    assertThatThrownBy(() -> Armor.SSH_SIGNATURE.parse(BEGIN + line + "\n" + END))
        .isInstanceOf(SshFormatException.class);
    String text = Armor.SSH_SIGNATURE.text(Bytes.of(new byte[50_000]));
    assertThatThrownBy(() -> Armor.SSH_SIGNATURE.parse(text)).hasMessageContaining("64 KiB");
  }
}

package dev.daypass.custody.remote;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;

/** What must hold of any bytes whatever; shared by a fuzz target and a test of examples. */
final class SignerQuestions {
  private SignerQuestions() {}

  static void decodesToTheSameBytesOrRefuses(byte[] input) {
    Bytes bytes = Bytes.of(input);
    try {
      assertThat(SignerQuestion.decode(bytes).encode()).isEqualTo(bytes);
    } catch (SshFormatException _) {
      // Refused.
    }
    try {
      assertThat(SignerAnswer.decode(bytes).encode()).isEqualTo(bytes);
    } catch (SshFormatException _) {
      // Refused.
    }
  }
}

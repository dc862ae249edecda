package dev.daypass.config.signer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.keys.KeyConfig;
import dev.daypass.ssh.signature.RsaHash;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SignerConfigReaderTest {
  private static final SignerConfig DEFAULTS =
      new SignerConfig(
          Path.of("/run/daypass-signer/socket"),
          "daypass",
          "ca.example.com/daypass",
          Path.of("/var/lib/daypass-signer/head"),
          new SignerConfig.Keys(
              List.of(inFile("/var/lib/daypass-signer/keys/user-ca")),
              List.of(inFile("/var/lib/daypass-signer/keys/host-ca")),
              List.of(inFile("/var/lib/daypass-signer/keys/ledger"))),
          Duration.ofHours(24),
          Duration.ofDays(30),
          new SignerConfig.Signatures(60_000, 6_000, 60_000));

  @TempDir private Path folder;

  @Test
  void leastFileGetsTheDefaults() throws Exception {
    assertThat(read("ledger: { origin: ca.example.com/daypass }\n")).isEqualTo(DEFAULTS);
  }

  @Test
  void theExampleLoadsAndSaysTheDefaults() throws Exception {
    assertThat(new SignerConfigReader(Optional.empty()).read(Path.of("config/signer.yaml")))
        .isEqualTo(DEFAULTS);
  }

  @Test
  void everyKeyCounts() throws Exception {
    SignerConfig config =
        read(
            """
            socket: /s
            client: web
            state: /srv/signer
            ledger: { origin: other.example.com/daypass, head: /h }
            keys: { user-ca: { file: u }, host-ca: { file: /h-ca }, ledger: { file: l } }
            limits:
              certificate-lifetime: 1h
              host-certificate-lifetime: 7d
              signatures: { user-ca: 3, host-ca: 2, ledger: 1 }
            """);
    assertThat(config)
        .isEqualTo(
            new SignerConfig(
                Path.of("/s"),
                "web",
                "other.example.com/daypass",
                Path.of("/h"),
                new SignerConfig.Keys(
                    List.of(inFile("/srv/signer/u")),
                    List.of(inFile("/h-ca")),
                    List.of(inFile("/srv/signer/l"))),
                Duration.ofHours(1),
                Duration.ofDays(7),
                new SignerConfig.Signatures(3, 2, 1)));
  }

  @Test
  void namesEveryFaultAtOnce() throws IOException {
    ConfigInvalid invalid =
        catchThrowableOfType(
            ConfigInvalid.class,
            () ->
                read(
                    """
                    sockett: /s
                    ledger: { head: /h }
                    keys: { user-ca: { file: /one }, ledger: { file: /one }, channel: { file: c } }
                    limits: { signatures: { ledger: 0 }, certificate-lifetime: 3 }
                    """));
    assertThat(invalid.problems())
        .extracting(problem -> problem.key())
        .containsExactlyInAnyOrder(
            "sockett",
            "ledger.origin",
            "keys.channel",
            "keys.ledger",
            "limits.signatures.ledger",
            "limits.certificate-lifetime");
  }

  private SignerConfig read(String text) throws ConfigInvalid, IOException {
    Path file = Files.writeString(folder.resolve("signer.yaml"), text);
    return new SignerConfigReader(Optional.empty()).read(file);
  }

  private static KeyConfig inFile(String path) {
    return new KeyConfig.InFile(Path.of(path), Optional.empty(), RsaHash.SHA512);
  }
}

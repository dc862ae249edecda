package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SignatureVerifier;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyFileTest {
  private static final OpenSshPrivateKey KEY = OpenSshPrivateKey.generate(SshKeyType.ED25519);

  @TempDir private Path folder;
  private Path path;

  @BeforeEach
  void create() throws IOException {
    path = folder.resolve("user-ca");
    KeyFile.create(path, KEY, "user-ca");
  }

  @Test
  void readsTheKeyThatItWrote() throws Exception {
    SshSigner signer = read();
    assertThat(signer.publicKey()).isEqualTo(KEY.publicKey());
    Bytes message = Bytes.ofUtf8("message");
    assertThat(SignatureVerifier.verify(KEY.publicKey(), message, signer.sign(message))).isTrue();
  }

  @Test
  void writesItForItsOwnerAlone() throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void neverOverwrites() throws Exception {
    String before = Files.readString(path);
    OpenSshPrivateKey other = OpenSshPrivateKey.generate(SshKeyType.ED25519);
    assertThatIOException()
        .isThrownBy(() -> KeyFile.create(path, other, "user-ca"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(path).hasContent(before);
  }

  @Test
  void writesPublicHalfAsOpenSshDoes() throws Exception {
    Path half = KeyFile.publicHalf(path);
    KeyFile.createPublic(half, KEY.publicKey(), "user-ca@ca.example.com");
    assertThat(half).hasFileName("user-ca.pub");
    assertThat(Files.readString(half)).endsWith(" user-ca@ca.example.com\n");
    assertThat(SshPublicKey.parse(Files.readString(half))).isEqualTo(KEY.publicKey());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rw-rw----", "rw-r--r--", "rw--w----", "rw----r--", "rw-----w-", "rw------x"})
  void refusesFileThatOthersMayUse(String mode) throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(mode));
    assertThatIOException()
        .isThrownBy(this::read)
        .withMessageContaining("open to others")
        .withMessageContaining(mode)
        .withMessageContaining("chmod");
  }

  @Test
  void readsFileThatIsReadOnly() throws Exception {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("r--------"));
    assertThat(read().publicKey()).isEqualTo(KEY.publicKey());
  }

  @Test
  void refusesSymbolicLink() throws Exception {
    Path link = Files.createSymbolicLink(folder.resolve("link"), path);
    assertThatIOException()
        .isThrownBy(() -> KeyFile.read(link, Optional.empty()))
        .withMessageContaining("symbolic link");
  }

  @Test
  void refusesFolder() throws Exception {
    Path other = folder.resolve("folder");
    PrivateFile.createFolder(other);
    assertThatIOException()
        .isThrownBy(() -> KeyFile.read(other, Optional.empty()))
        .withMessageContaining("not a regular file");
  }

  @Test
  void refusesFileLongerThanAnyKey() throws Exception {
    Files.writeString(path, "x".repeat(64 * 1024 + 1));
    assertThatIOException().isThrownBy(this::read).withMessageContaining("at most");
  }

  @Test
  void namesTheFileAndNothingInItWhenItHoldsNoKey() throws Exception {
    Files.writeString(path, "hunter2 hunter2");
    assertThatIOException()
        .isThrownBy(this::read)
        .withMessageContaining(path.toString())
        .satisfies(e -> assertThat(e).message().doesNotContain("hunter2"));
  }

  @Test
  void refusesPassphraseFileThatOthersMayRead() throws Exception {
    Path passphrase = folder.resolve("passphrase");
    PrivateFile.createReadable(passphrase, "hunter2\n");
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));
    assertThatIOException()
        .isThrownBy(() -> KeyFile.read(path, Optional.of(passphrase)))
        .withMessageContaining("open to others");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "one\ntwo\n"})
  void refusesPassphraseFileWithoutExactlyOneLine(String content) throws Exception {
    Path passphrase = folder.resolve("passphrase");
    PrivateFile.create(passphrase, content.getBytes(StandardCharsets.UTF_8));
    assertThatIOException()
        .isThrownBy(() -> KeyFile.read(path, Optional.of(passphrase)))
        .withMessageContaining("on its only line");
  }

  private SshSigner read() throws IOException {
    return KeyFile.read(path, Optional.empty());
  }
}

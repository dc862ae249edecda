package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.daypass.login.LoginId;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.store.SealedToken;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LoginSealingKeyTest {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final RefreshToken TOKEN = RefreshToken.of("a refresh token");
  private static final LoginId LOGIN = LoginId.random(RANDOM);

  @TempDir private Path folder;

  @Test
  void whatIsSealedIsReadAgainAfterARestart() throws Exception {
    SealedToken sealed = open().seal(TOKEN, LOGIN);
    assertThat(open().unseal(sealed, LOGIN)).contains(TOKEN);
    assertThat(Files.getPosixFilePermissions(file()))
        .isEqualTo(PosixFilePermissions.fromString("rw-------"));
  }

  @Test
  void twoSealsOfOneTokenDiffer() throws Exception {
    LoginSealingKey key = open();
    assertThat(key.seal(TOKEN, LOGIN)).isNotEqualTo(key.seal(TOKEN, LOGIN));
  }

  @Test
  void isBoundToItsLoginAndItsKey() throws Exception {
    SealedToken sealed = open().seal(TOKEN, LOGIN);
    assertThat(open().unseal(sealed, LoginId.random(RANDOM))).isEmpty();
    Files.delete(file());
    assertThat(open().unseal(sealed, LOGIN)).isEmpty();
  }

  @Test
  void everyChangedBitIsNoticed() throws Exception {
    LoginSealingKey key = open();
    byte[] sealed = key.seal(TOKEN, LOGIN).sealed().toArray();
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThat(key.unseal(new SealedToken(Bytes.of(changed)), LOGIN)).isEmpty();
    }
    for (int length = 0; length < sealed.length; length++) {
      assertThat(key.unseal(new SealedToken(Bytes.of(sealed).slice(0, length)), LOGIN)).isEmpty();
    }
  }

  @Test
  void aFileOpenToOthersOrOfAnotherSizeIsRefused() throws Exception {
    var _ = open();
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw----r--"));
    assertThatThrownBy(this::open).isInstanceOf(IOException.class).hasMessageContaining("chmod");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
    Files.write(file(), new byte[31]);
    assertThatThrownBy(this::open).hasMessageContaining("32 bytes");
  }

  private LoginSealingKey open() throws IOException {
    return LoginSealingKey.open(file(), RANDOM);
  }

  private Path file() {
    return folder.resolve("logins");
  }
}

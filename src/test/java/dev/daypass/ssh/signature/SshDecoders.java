package dev.daypass.ssh.signature;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What must hold of each decoder for any input whatever: the fuzz targets' common part. */
public final class SshDecoders {
  private SshDecoders() {}

  public static void wire(byte[] input) {
    WireReader reader = WireReader.of(Bytes.of(input));
    try {
      while (reader.remaining() > 0) {
        switch (reader.uint8() % 6) {
          case 0 -> reader.uint32();
          case 1 -> reader.uint64();
          case 2 -> reader.string();
          case 3 -> reader.text();
          case 4 -> reader.mpint();
          default -> reader.nested().requireEnd();
        }
      }
      reader.requireEnd();
    } catch (SshFormatException e) {
      require(e.offset() >= 0 && e.offset() <= input.length, "offset outside the input");
    }
  }

  public static void publicKey(byte[] input) {
    Bytes blob = Bytes.of(input);
    try {
      require(SshPublicKey.decode(blob).blob().equals(blob), "two encodings of one key");
    } catch (SshFormatException _) {
      // Refused, as it may be.
    }
    try {
      SshPublicKey key = SshPublicKey.parse(latin1(input));
      require(SshPublicKey.parse(key.line()).equals(key), "the line is not the key's");
    } catch (SshFormatException _) {
      // Refused, as it may be.
    }
  }

  public static void sshSig(byte[] input) {
    Bytes blob = Bytes.of(input);
    try {
      SshSig signature = SshSig.decode(blob);
      require(signature.encode().equals(blob), "two encodings of one signature");
      signature.verifies(signature.namespace(), Bytes.EMPTY);
      require(SshSig.parseArmored(signature.armored()).equals(signature), "armor");
    } catch (SshFormatException _) {
      // Refused, as it may be.
    }
    try {
      SshSig.parseArmored(latin1(input));
    } catch (SshFormatException _) {
      // Refused, as it may be.
    }
  }

  public static void privateKey(byte[] input) {
    try {
      PrivateKeyFile.decode(Bytes.of(input), Optional.empty());
      OpenSshPrivateKey.parse(Armor.OPENSSH_PRIVATE_KEY.text(Bytes.of(input)), Optional.empty());
    } catch (SshFormatException _) {
      // Refused, as it may be.
    }
  }

  private static String latin1(byte[] input) {
    return new String(input, StandardCharsets.ISO_8859_1);
  }

  private static void require(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}

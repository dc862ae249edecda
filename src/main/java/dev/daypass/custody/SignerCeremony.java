package dev.daypass.custody;

import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The making of a separate signer: its key files and its head; overwrites nothing. */
public final class SignerCeremony {
  private SignerCeremony() {}

  /**
   * Makes what is named; everything is durable on return.
   *
   * @param keys the private key files to make
   * @throws KeyCeremonyRefused if anything that it would write is there already
   */
  public static void perform(Map<KeyUse, Path> keys, Path head, String origin)
      throws KeyCeremonyRefused, IOException {
    List<Path> files = new ArrayList<>(keys.values());
    keys.values().forEach(file -> files.add(KeyFile.publicHalf(file)));
    files.add(head);
    List<Path> present =
        files.stream().filter(file -> Files.exists(file, LinkOption.NOFOLLOW_LINKS)).toList();
    if (!present.isEmpty()) {
      throw new KeyCeremonyRefused(present);
    }
    for (Path file : files) {
      PrivateFile.createFolder(file.toAbsolutePath().resolveSibling(""));
    }
    for (Map.Entry<KeyUse, Path> key : keys.entrySet()) {
      OpenSshPrivateKey made = OpenSshPrivateKey.generate(SshKeyType.ED25519);
      String comment = key.getKey().keyName() + "@" + origin;
      KeyFile.create(key.getValue(), made, comment);
      KeyFile.createPublic(KeyFile.publicHalf(key.getValue()), made.publicKey(), comment);
    }
    // Last: a signer without a head does not start.
    TwoSlotHeadFile.create(head, origin);
  }
}

package dev.daypass.cases;

import dev.daypass.CaFiles;
import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.keys.KeysConfig;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.agent.AgentKey;
import dev.daypass.custody.token.TokenKey;
import dev.daypass.custody.token.Tokens;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** A private key of the certificate authority in the hands of somebody who asks with it. */
final class TakenKey {
  private TakenKey() {}

  /** What is done with it. */
  @FunctionalInterface
  interface Doing<T> {
    T with(SshSigner key) throws Exception;
  }

  /** Does that with the key of that use, wherever it is kept. */
  static <T> T of(CaFiles files, KeyUse use, Doing<T> doing) throws Exception {
    SshSigner key = open(files, use);
    try {
      return doing.with(key);
    } finally {
      if (key instanceof AutoCloseable held) {
        held.close();
      }
    }
  }

  private static SshSigner open(CaFiles files, KeyUse use) throws IOException {
    KeysConfig keys = files.config().keys();
    if (keys.signer().isPresent() && use != KeyUse.CHANNEL) {
      Path folder = keys.signer().get().resolveSibling("state").resolve("keys");
      return KeyFile.read(folder.resolve(use.keyName()), Optional.empty());
    }
    return switch (files.key(use)) {
      case KeyConfig.InFile(var file, var _, var _) -> KeyFile.read(file, Optional.empty());
      case KeyConfig.InAgent(var socket, var half, var hash) ->
          AgentKey.open(socket, KeyFile.readPublic(half), hash);
      case KeyConfig.InToken token ->
          TokenKey.open(
              new Tokens(),
              new TokenKey.Place(token.module(), token.token(), token.key(), 1),
              token.pin().reveal(),
              KeyFile.readPublic(token.publicHalf()),
              token.rsaHash());
    };
  }
}

package dev.daypass;

import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.value.Secret;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.agent.AgentKey;
import dev.daypass.custody.token.TokenKey;
import dev.daypass.custody.token.Tokens;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The private keys that configuration names, each opened once, however often it is read again. Used
 * by the thread that starts, then by that of the operator's socket.
 */
final class KeyRing {
  private final RunningParts parts;
  private final Tokens tokens = new Tokens();

  /** By what tells one key from others. */
  private final Map<String, SshSigner> opened = new HashMap<>();

  /**
   * @param parts end with the process
   */
  KeyRing(RunningParts parts) {
    this.parts = parts;
  }

  /** Those keys, in their order. */
  List<SshSigner> open(List<KeyConfig> keys) throws IOException {
    List<SshSigner> signers = new ArrayList<>();
    for (KeyConfig key : keys) {
      signers.add(open(key));
    }
    return signers;
  }

  SshSigner open(KeyConfig key) throws IOException {
    SshSigner known = opened.get(key.place());
    if (known != null) {
      return known;
    }
    SshSigner signer =
        switch (key) {
          case KeyConfig.InFile(var file, var passphrase, var rsaHash) ->
              KeyFile.unlock(
                  file, passphrase.map(Secret::reveal).map(String::toCharArray), rsaHash);
          case KeyConfig.InAgent(var socket, var publicHalf, var rsaHash) ->
              parts.started(AgentKey.open(socket, KeyFile.readPublic(publicHalf), rsaHash));
          case KeyConfig.InToken token ->
              parts.started(
                  TokenKey.open(
                      tokens,
                      new TokenKey.Place(
                          token.module(), token.token(), token.key(), token.sessions()),
                      token.pin().reveal(),
                      KeyFile.readPublic(token.publicHalf()),
                      token.rsaHash()));
        };
    opened.put(key.place(), signer);
    return signer;
  }
}

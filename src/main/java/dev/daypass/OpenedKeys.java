package dev.daypass;

import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.keys.KeysConfig;
import dev.daypass.config.signer.SignerConfig;
import dev.daypass.config.value.Secret;
import dev.daypass.custody.KeyFile;
import dev.daypass.custody.agent.AgentKey;
import dev.daypass.custody.token.TokenKey;
import dev.daypass.custody.token.Tokens;
import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.SignerKeys;
import dev.daypass.ssh.Ed25519PublicKey;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.SshSigner;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The keys that the configuration names, opened: each has one use (DESIGN section 3). */
record OpenedKeys(SshSigner userCa, SshSigner hostCa, SshSigner ledger, SshSigner channel) {
  private static final List<String> USES = List.of("user-ca", "host-ca", "ledger", "channel");

  OpenedKeys {
    requireOneUseEach(
        Map.of(
            "user-ca", userCa.publicKey(),
            "host-ca", hostCa.publicKey(),
            "ledger", ledger.publicKey(),
            "channel", channel.publicKey()));
    requireEd25519(ledger);
  }

  static OpenedKeys of(KeysConfig keys, RunningParts parts) throws IOException {
    Tokens tokens = new Tokens();
    return new OpenedKeys(
        open(keys.userCa(), tokens, parts),
        open(keys.hostCa(), tokens, parts),
        open(keys.ledger(), tokens, parts),
        open(keys.channel(), tokens, parts));
  }

  /** The channel key alone, where a separate signer holds the others. */
  static SshSigner channel(KeysConfig keys, PublicKeys others, RunningParts parts)
      throws IOException {
    SshSigner channel = open(keys.channel(), new Tokens(), parts);
    requireOneUseEach(
        Map.of(
            "user-ca", others.userCa(),
            "host-ca", others.hostCa(),
            "ledger", others.ledger(),
            "channel", channel.publicKey()));
    return channel;
  }

  /** Those of a separate signer. */
  static SignerKeys of(SignerConfig.Keys keys, RunningParts parts) throws IOException {
    Tokens tokens = new Tokens();
    SshSigner userCa = open(keys.userCa(), tokens, parts);
    SshSigner hostCa = open(keys.hostCa(), tokens, parts);
    SshSigner ledger = open(keys.ledger(), tokens, parts);
    requireOneUseEach(
        Map.of(
            "user-ca", userCa.publicKey(),
            "host-ca", hostCa.publicKey(),
            "ledger", ledger.publicKey()));
    requireEd25519(ledger);
    return new SignerKeys(userCa, hostCa, ledger);
  }

  /** Those behind the signer's port. */
  SignerKeys signing() {
    return new SignerKeys(userCa, hostCa, ledger);
  }

  private static SshSigner open(KeyConfig key, Tokens tokens, RunningParts parts)
      throws IOException {
    return switch (key) {
      case KeyConfig.InFile(var file, var passphrase, var rsaHash) ->
          KeyFile.unlock(file, passphrase.map(Secret::reveal).map(String::toCharArray), rsaHash);
      case KeyConfig.InAgent(var socket, var publicHalf, var rsaHash) ->
          parts.started(AgentKey.open(socket, KeyFile.readPublic(publicHalf), rsaHash));
      case KeyConfig.InToken token ->
          parts.started(
              TokenKey.open(
                  tokens,
                  new TokenKey.Place(token.module(), token.token(), token.key(), token.sessions()),
                  token.pin().reveal(),
                  KeyFile.readPublic(token.publicHalf()),
                  token.rsaHash()));
    };
  }

  private static void requireOneUseEach(Map<String, SshPublicKey> keys) {
    Map<SshPublicKey, String> uses = new HashMap<>();
    for (String use : USES) {
      SshPublicKey key = keys.get(use);
      if (key != null) {
        String other = uses.putIfAbsent(key, use);
        if (other != null) {
          throw new IllegalArgumentException(
              "keys.%s and keys.%s are one key, %s; give each use a key of its own"
                  .formatted(other, use, key.fingerprint()));
        }
      }
    }
  }

  private static void requireEd25519(SshSigner ledger) {
    if (!(ledger.publicKey() instanceof Ed25519PublicKey)) {
      throw new IllegalArgumentException(
          "keys.ledger is "
              + ledger.publicKey().type().wireName()
              + ", and checkpoints are signed by Ed25519 alone; name an Ed25519 key");
    }
  }
}

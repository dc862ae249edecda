package dev.daypass.e2e.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.SignerRun;
import dev.daypass.e2e.machine.HostRoot;
import dev.daypass.ledger.entry.EntryKind;
import dev.daypass.signer.KeyUse;
import dev.daypass.ssh.Fingerprint;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Each key takes the place of another while somebody logs in without a pause, on a server with the
 * real daypass-host and sshd: not one login is refused (DESIGN section 3).
 */
final class RotationIT {
  private static final List<KeyUse> USES = List.of(KeyUse.USER_CA, KeyUse.HOST_CA, KeyUse.LEDGER);

  @Test
  void noLoginIsRefusedWhileEveryKeyChanges() throws Exception {
    try (Rotation rotation = Rotation.start(HostRoot.start(), "proof")) {
      everyKeyChanges(rotation);
    }
  }

  @Test
  @Tag("long")
  void norInFileMode() throws Exception {
    try (Rotation rotation = Rotation.start(HostRoot.start(), "file")) {
      change(rotation, added(rotation));
    }
  }

  @Test
  @Tag("long")
  void norWhenTheyChangeAgainAndAgain() throws Exception {
    try (Rotation rotation = Rotation.start(HostRoot.start(), "proof")) {
      for (int round = 0; round < 3; round++) {
        change(rotation, added(rotation));
        rotation.restart();
        rotation.logins(10);
      }
    }
  }

  @Test
  @Tag("long")
  void norBehindASeparateSigner() throws Exception {
    try (SignerRun signer = SignerRun.start();
        Rotation rotation = Rotation.start(HostRoot.start(), "proof", signer)) {
      everyKeyChanges(rotation);
      rotation.restart();
      rotation.logins(2);
    }
  }

  private static void everyKeyChanges(Rotation rotation) throws Exception {
    Fingerprint next = rotation.add(KeyUse.USER_CA);
    assertThat(rotation.refused("ca", "activate", next.toString()))
        .contains("the published trust bundle does not name it");
    rotation.publishDraft();
    assertThat(rotation.refused("ca", "activate", next.toString()))
        .contains("1 of the servers that joined have not said that they have trust bundle 2")
        .contains(Rotation.NAME);
    Map<KeyUse, Fingerprint> others = new EnumMap<>(KeyUse.class);
    others.put(KeyUse.USER_CA, next);
    for (KeyUse use : USES.subList(1, USES.size())) {
      others.put(use, rotation.add(use));
      rotation.publishDraft();
    }
    change(rotation, others);
    rotation.assertLastCheckpointIsSignedByBoth();
    assertThat(rotation.ca().details(EntryKind.CA_KEY_RETIRED)).hasSize(USES.size());
    assertThat(rotation.operator().run("ledger", "verify")).contains("checkpoint");
  }

  private static Map<KeyUse, Fingerprint> added(Rotation rotation) throws Exception {
    Map<KeyUse, Fingerprint> keys = new EnumMap<>(KeyUse.class);
    for (KeyUse use : USES) {
      keys.put(use, rotation.add(use));
      rotation.publishDraft();
    }
    return keys;
  }

  /** From {@code next} to {@code active}, and from there to {@code retired}. */
  private static void change(Rotation rotation, Map<KeyUse, Fingerprint> next) throws Exception {
    Map<KeyUse, Fingerprint> old = new EnumMap<>(KeyUse.class);
    for (KeyUse use : USES) {
      old.put(use, rotation.active(use));
    }
    Holder lasting = rotation.lasting();
    rotation.serverTakesItUp();
    rotation.activate(key(next, KeyUse.USER_CA));
    rotation.activate(key(next, KeyUse.LEDGER));
    assertThat(rotation.refused("ca", "activate", key(next, KeyUse.HOST_CA).toString()))
        .contains("people's machines learn of host CA keys when they log in");
    rotation.activate(key(next, KeyUse.HOST_CA), "--force", "--reason", "all have logged in");
    assertThat(rotation.refused("ca", "retire", key(old, KeyUse.USER_CA).toString()))
        .contains("certificates are alive");
    var _ = rotation.operator().revoke("--serial", lasting.serial());
    rotation.serverRenewsItsCertificate();
    rotation.retireWhenNothingIsAlive(key(old, KeyUse.USER_CA));
    rotation.publishDraft();
    rotation.retireWhenNothingIsAlive(key(old, KeyUse.LEDGER));
    rotation.publishDraft();
    rotation.retire(key(old, KeyUse.HOST_CA), "--force", "--reason", "its server has another");
    rotation.publishDraft();
    rotation.serverRefreshes();
    rotation.logins(2);
    for (KeyUse use : USES) {
      assertThat(rotation.active(use)).isEqualTo(key(next, use));
    }
  }

  private static Fingerprint key(Map<KeyUse, Fingerprint> keys, KeyUse use) {
    return Objects.requireNonNull(keys.get(use));
  }
}

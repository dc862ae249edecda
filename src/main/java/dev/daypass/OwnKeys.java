package dev.daypass;

import dev.daypass.fleet.TrustBundle;
import dev.daypass.signer.PublicKeys;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshPublicKey;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The fingerprints of every key of this certificate authority: none of them is ever certified. */
record OwnKeys(Set<Fingerprint> fingerprints) {

  static OwnKeys of(PublicKeys signing, SshPublicKey root, TrustBundle bundle) {
    Stream<SshPublicKey> present =
        Stream.of(signing.userCa(), signing.hostCa(), signing.ledger(), root);
    Stream<SshPublicKey> trusted =
        Stream.of(
                bundle.userCaKeys(),
                bundle.hostCaKeys(),
                bundle.ledgerKeys(),
                bundle.channelKeys(),
                bundle.breakGlassKey().map(List::of).orElse(List.of()))
            .flatMap(Collection::stream);
    return new OwnKeys(
        Stream.concat(present, trusted)
            .map(SshPublicKey::fingerprint)
            .collect(Collectors.toUnmodifiableSet()));
  }
}

package dev.daypass.signer;

import dev.daypass.ssh.SshPublicKey;

/** The public halves of a signer's keys. */
public record PublicKeys(SshPublicKey userCa, SshPublicKey hostCa, SshPublicKey ledger) {}

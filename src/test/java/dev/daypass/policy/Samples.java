package dev.daypass.policy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.identity.Account;
import dev.daypass.identity.Email;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityKind;
import dev.daypass.identity.Username;
import dev.daypass.policy.host.Host;
import dev.daypass.policy.host.HostName;
import dev.daypass.policy.refusal.RefusalCode;
import dev.daypass.policy.refusal.RefusalReason;
import dev.daypass.policy.role.RoleName;
import dev.daypass.policy.source.PolicyLoad;
import dev.daypass.policy.source.PolicyReader;
import dev.daypass.policy.source.RawPolicy;
import dev.daypass.policy.source.RawRole;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.EcdsaPublicKey;
import dev.daypass.ssh.RsaPublicKey;
import dev.daypass.ssh.SkEd25519PublicKey;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireWriter;
import java.math.BigInteger;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Identities, keys, hosts and policies for tests. */
public final class Samples {

  /** A Saturday, 01:13 UTC. */
  public static final Instant NOW = Instant.parse("2026-11-21T01:13:00Z");

  public static final Set<String> ISSUERS = Set.of("okta", "ci", "partner");

  public static final RoleName DEBUG = new RoleName("prod-db-debug");

  public static final Host DB_1 =
      new Host(new HostName("db-1.prod.example.com"), Map.of("env", "prod", "tier", "db"));
  public static final Host DB_2 =
      new Host(
          new HostName("db-2.prod.example.com"), Map.of("env", "prod", "tier", "db", "rack", "7"));
  public static final Host WEB_1 =
      new Host(new HostName("web-1.prod.example.com"), Map.of("env", "prod", "tier", "web"));

  /** RFC 8032, section 7.1, test 1. */
  private static final Bytes POINT =
      Bytes.ofHex("d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a");

  private Samples() {}

  public static SshPublicKey ed25519() {
    return decode(new WireWriter().text("ssh-ed25519").string(POINT));
  }

  public static SshPublicKey skEd25519() {
    SshPublicKey key =
        decode(new WireWriter().text("sk-ssh-ed25519@openssh.com").string(POINT).text("ssh:"));
    assertThat(key).isInstanceOf(SkEd25519PublicKey.class);
    return key;
  }

  /** The generator of NIST P-256, which is a point on it. */
  public static SshPublicKey ecdsaP256() {
    Bytes generator =
        Bytes.ofHex(
            "046b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296"
                + "4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5");
    SshPublicKey key =
        decode(new WireWriter().text("ecdsa-sha2-nistp256").text("nistp256").string(generator));
    assertThat(key).isInstanceOf(EcdsaPublicKey.class);
    return key;
  }

  /** An odd modulus of exactly this size; nothing here signs with it. */
  public static SshPublicKey rsa(int bits) {
    return new RsaPublicKey(
        BigInteger.valueOf(65_537), BigInteger.ONE.shiftLeft(bits - 1).add(BigInteger.ONE));
  }

  public static Identity alice(String... groups) {
    return person("alice", groups);
  }

  /** A person of the primary provider, with an account of that name where it may be one. */
  public static Identity person(String username, String... groups) {
    return new Identity(
        new IdentityId("https://example.okta.com", "u-" + username),
        "okta",
        true,
        IdentityKind.PERSON,
        new Username(username),
        Email.parse(username + "@example.com"),
        Account.parse(username),
        Set.of(groups),
        Map.of("department", "storage", "levels", List.of(1L, 2L)),
        Optional.of(NOW.minusSeconds(600)),
        List.of("pwd", "otp"),
        true,
        "loopback");
  }

  public static Identity service(String provider, String... groups) {
    return new Identity(
        new IdentityId("https://token.actions.example.com", "repo:example/app"),
        provider,
        false,
        IdentityKind.SERVICE,
        new Username("repo:example/app"),
        Optional.empty(),
        Optional.empty(),
        Set.of(groups),
        Map.of("ref", "refs/heads/main"),
        Optional.empty(),
        List.of(),
        false,
        "bearer");
  }

  public static Identity withProvider(Identity identity, String provider, boolean primary) {
    return new Identity(
        identity.id(),
        provider,
        primary,
        identity.kind(),
        identity.username(),
        identity.verifiedEmail(),
        identity.account(),
        identity.groups(),
        identity.claims(),
        identity.authenticatedAt(),
        identity.methods(),
        identity.mfa(),
        identity.loginMethod());
  }

  public static Policy policy(RawRole role) {
    return policy(Map.of(DEBUG.text(), role));
  }

  public static Policy policy(Map<String, RawRole> roles) {
    return load(new RawPolicy(Map.of(), Map.of(), roles)).policy();
  }

  public static PolicyLoad.Loaded load(RawPolicy raw) {
    PolicyLoad load = new PolicyReader(ISSUERS).read(raw, Bytes.ofUtf8("policy"));
    assertThat(load).isInstanceOf(PolicyLoad.Loaded.class);
    return (PolicyLoad.Loaded) load;
  }

  public static Decision.Granted granted(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Granted.class);
    return (Decision.Granted) decision;
  }

  public static List<RefusalCode> codes(Decision decision) {
    assertThat(decision).isInstanceOf(Decision.Refused.class);
    return ((Decision.Refused) decision).reasons().stream().map(RefusalReason::code).toList();
  }

  private static SshPublicKey decode(WireWriter writer) {
    try {
      return SshPublicKey.decode(writer.toBytes());
    } catch (SshFormatException e) {
      throw new IllegalStateException(e);
    }
  }
}

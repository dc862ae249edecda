package dev.daypass.cases;

import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What an operator of the {@link Scene} has written: providers, servers and roles. */
final class SceneRoles {
  /** 253 characters, the longest name that DNS allows. */
  static final String LONG_HOST =
      "l".repeat(61) + "." + "o".repeat(63) + "." + "n".repeat(63) + "." + "g".repeat(63);

  static final int NUMBERED_HOSTS = 40;

  static final String ROLES =
      """
      own:
        accounts: [self]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: '"dba" in identity.groups' }]
      both:
        accounts: [db-debug, self]
        hosts: { env: prod }
        ttl: { default: 5m, max: 1h }
        allow: [{ when: '"dba" in identity.groups' }]
      guest:
        for: { kind: person, issuers: [second] }
        accounts: [visitor, self]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: 'true' }]
      guest-dba:
        for: { kind: person, issuers: [second] }
        accounts: [visitor]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: '"dba" in identity.groups' }]
      guest-mail:
        for: { kind: person, issuers: [second] }
        accounts: [visitor]
        ttl: { default: 5m, max: 1h }
        allow:
          - when: 'has(identity.email) && identity.email == "boss@example.com"'
          - when: 'has(identity.claims.email) && identity.claims.email == "boss@example.com"'
          - when: 'has(identity.claims.groups) && "dba" in identity.claims.groups'
      job:
        for: { kind: service, issuers: [jobs] }
        accounts: [deploy]
        ttl: { default: 5m, max: 10m }
        allow: [{ when: 'true' }]
      fixed-command:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        force-command: /usr/bin/uptime
        allow: [{ when: '"dba" in identity.groups' }]
      ranged:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        source-address: [10.0.0.0/8]
        allow: [{ when: '"dba" in identity.groups' }]
      seen-from:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        source-address: observed
        allow: [{ when: '"dba" in identity.groups' }]
      fido-only:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        keys: { types: [sk-ed25519], verify-required: true }
        allow: [{ when: '"dba" in identity.groups' }]
      touchless:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        extensions: [no-touch-required]
        allow: [{ when: '"dba" in identity.groups' }]
      many-extensions:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        extensions: [permit-user-rc, permit-pty, permit-X11-forwarding, permit-agent-forwarding]
        allow: [{ when: '"dba" in identity.groups' }]
      because:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        reason: INC-[0-9]+
        allow: [{ when: '"dba" in identity.groups' }]
      denied:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: '"dba" in identity.groups' }]
        deny:
          - when: 'identity.username == "root@example.com"'
            because: Root is nobody.
          - when: '"contractors" in identity.groups'
          - when: 'identity.username.startsWith("trainee")'
          - when: 'identity.username.matches("^intern-.*")'
      exactly:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: 'identity.username == "carol@example.com"' }]
      by-path:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: '"/ops/dba" in identity.groups' }]
      guest-of-second:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        allow: [{ when: '"second/dba" in identity.groups' }]
      recent:
        accounts: [deploy]
        ttl: { default: 5m, max: 1h }
        max-auth-age: 5m
        allow: [{ when: '"dba" in identity.groups' }]
      """;

  private SceneRoles() {}

  static String identity(String second, String single) {
    return """
    second:
      preset: generic
      issuer: %s
      audience: daypass
      username-claim: preferred_username
      account: { claim: account }
      groups-claim: groups
      bearer: true
    jobs:
      preset: generic
      kind: service
      issuer: %s
      audience: daypass
      username-claim: preferred_username
      groups-claim: none
      single-use: true
    """
        .formatted(second, single);
  }

  static String hosts() {
    String numbered =
        IntStream.range(0, NUMBERED_HOSTS)
            .mapToObj(i -> "  db-" + i + ": { env: prod, tier: db }\n")
            .collect(Collectors.joining());
    return "known:\n"
        + numbered
        + "  web-1: { env: prod, tier: web }\n"
        + "  "
        + LONG_HOST
        + ": { env: prod, tier: db }\n";
  }
}

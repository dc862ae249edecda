package dev.daypass;

/** What of a {@link TestCa} differs from the usual. Not for sharing. */
public final class TestCaPlan {
  private static final String IDENTITY =
      """
      dev:
        preset: generic
        primary: true
        issuer: ${issuer}
        audience: daypass
        account: local-part
        email-domains: [example.com]
        username-claim: email
        groups-claim: groups
        bearer: true
      """;

  private static final String HOSTS =
      """
      known:
        db-1: { env: prod, tier: db }
        web-1: { env: prod, tier: web }
      """;

  private static final String LIMITS = "failures: 100000/m\n";

  private static final String POLICY =
      """
      roles:
        prod-db-debug:
          description: A shell on production databases
          accounts: [db-debug]
          hosts: { env: prod, tier: db }
          ttl: { default: 5m, max: 1h }
          extensions: [permit-pty]
          reason: optional
          allow:
            - when: '"dba" in identity.groups'
      """;

  private String identity = IDENTITY;
  private String hosts = HOSTS;
  private String limits = LIMITS;
  private String login = "";
  private String policy = POLICY;
  private CaFiles.KeySetup keys = CaFiles.KeySetup.NONE;

  TestCaPlan() {}

  /**
   * The entries below the key {@code identity}; <code>${issuer}</code> stands for the issuer of
   * {@link TestCa#idp()}.
   */
  public TestCaPlan identity(String yaml) {
    identity = yaml;
    return this;
  }

  /** Further entries below the key {@code identity}, beside the usual {@code dev}. */
  public TestCaPlan moreIdentity(String yaml) {
    identity += yaml;
    return this;
  }

  /** The content of the key {@code hosts}. */
  public TestCaPlan hosts(String yaml) {
    hosts = yaml;
    return this;
  }

  /** The content of the key {@code limits}. */
  public TestCaPlan limits(String yaml) {
    limits = yaml;
    return this;
  }

  /** The content of the key {@code login}. */
  public TestCaPlan login(String yaml) {
    login = yaml;
    return this;
  }

  /** The whole of {@code policy.yaml}. */
  public TestCaPlan policy(String yaml) {
    policy = yaml;
    return this;
  }

  /** Further roles beside the usual one, not indented. */
  public TestCaPlan moreRoles(String yaml) {
    policy += yaml.indent(2);
    return this;
  }

  /** Keys that are not those which {@code init} would make. */
  public TestCaPlan keys(CaFiles.KeySetup setup) {
    keys = setup;
    return this;
  }

  public TestCa start() {
    return TestCa.start(this);
  }

  CaFiles.Settings settings(String issuer) {
    return new CaFiles.Settings(
        identity.replace("${issuer}", issuer), hosts, limits, login, policy, keys);
  }
}

package dev.daypass.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.daypass.config.file.ConfigInvalid;
import dev.daypass.config.identity.AccountSource;
import dev.daypass.config.identity.ClaimsConfig;
import dev.daypass.config.identity.Preset;
import dev.daypass.config.identity.ProviderConfig;
import dev.daypass.config.identity.SignInConfig;
import dev.daypass.config.identity.TokenConfig;
import dev.daypass.config.keys.KeyConfig;
import dev.daypass.config.keys.KeysConfig;
import dev.daypass.config.ledger.CopyConfig;
import dev.daypass.config.ledger.LedgerConfig;
import dev.daypass.config.ledger.TileReaders;
import dev.daypass.config.value.Secret;
import dev.daypass.identity.IdentityKind;
import dev.daypass.login.LoginRules;
import dev.daypass.policy.address.Cidr;
import dev.daypass.ssh.signature.RsaHash;
import dev.daypass.tlog.witness.WitnessQuorum;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConfigReaderTest {
  private static final String LEAST =
      """
      url: http://127.0.0.1:8443
      listen: { api: 127.0.0.1:8443, insecure-plain-http: loopback }
      ledger: { origin: ca.example.com/daypass }
      identity:
        ci: { preset: github-actions, audience: daypass }
      """;

  @TempDir private Path folder;

  @Test
  void copiesGoToFoldersAndUrls() throws Exception {
    Path token = Files.writeString(folder.resolve("t"), "word\n");
    Files.setPosixFilePermissions(token, PosixFilePermissions.fromString("rw-------"));
    DaypassConfig config =
        read(
            LEAST.replace(
                "daypass }\nidentity",
                """
                daypass, tiles: auditors, copies: [
                  { folder: /mnt/copy }, { put: "https://copies.example.com/l", token-file: t },
                  { put: "http://127.0.0.1:9/l" } ] }
                identity\
                """));

    assertThat(config.ledger().readers()).isEqualTo(TileReaders.AUDITORS);
    assertThat(config.ledger().copies())
        .containsExactly(
            new CopyConfig.Folder(Path.of("/mnt/copy")),
            new CopyConfig.Put(URI.create("https://copies.example.com/l"), Optional.of(token)),
            new CopyConfig.Put(URI.create("http://127.0.0.1:9/l"), Optional.empty()));
  }

  @Test
  void leastFileGetsTheDefaults() throws Exception {
    DaypassConfig config = read(LEAST);

    assertThat(config.url()).isEqualTo("http://127.0.0.1:8443");
    assertThat(config.listen().metrics().port()).isEqualTo(9443);
    assertThat(config.listen().metrics().isLoopback()).isTrue();
    assertThat(config.listen().transport()).isEqualTo(new Transport.LoopbackHttp());
    assertThat(config.state()).isEqualTo(Path.of("/var/lib/daypass"));
    assertThat(config.ledger().head()).isEqualTo(Path.of("/var/lib/daypass-head/head"));
    assertThat(config.store().sqlite()).isEqualTo(Path.of("/var/lib/daypass/ledger.db"));
    assertThat(config.policy()).isEqualTo(folder.resolve("policy.yaml"));
    assertThat(config.keys().userCa()).isEqualTo(inFile("/var/lib/daypass/keys/user-ca"));
    assertThat(config.keys().channel()).isEqualTo(inFile("/var/lib/daypass/keys/channel"));
    assertThat(config.keys().blocked()).isEmpty();
    assertThat(config.hosts()).isEqualTo(new HostsConfig(List.of(), List.of()));
    assertThat(config.limits()).isEqualTo(LimitsConfig.DEFAULTS);
  }

  @Test
  void everyKeyOfLoginsCounts() throws Exception {
    assertThat(read(LEAST).login()).isEqualTo(LoginRules.DEFAULTS);
    LoginRules rules =
        read(LEAST
                + """
                login:
                  lifetime: 8h
                  lifetime-without-refresh: 30m
                  check-age: 2s
                  grace: 0s
                  device: { networks: [10.0.0.0/8] }
                  other-address: allow
                """)
            .login();
    assertThat(rules)
        .isEqualTo(
            new LoginRules(
                Duration.ofHours(8),
                Duration.ofMinutes(30),
                Duration.ofSeconds(2),
                Duration.ZERO,
                Optional.of(List.of(Cidr.parse("10.0.0.0/8").orElseThrow())),
                true));
    assertThat(read(LEAST + "login: { device: {} }\n").login().deviceNetworks())
        .as("on, for keys that were bound before")
        .contains(List.of());
  }

  @Test
  void loginsAreOnlyEverShortened() {
    for (String line :
        List.of(
            "lifetime: 11h",
            "lifetime-without-refresh: 61m",
            "check-age: 6m",
            "check-age: 0s",
            "grace: 16m",
            "other-address: maybe")) {
      assertThatExceptionOfType(ConfigInvalid.class)
          .as(line)
          .isThrownBy(() -> read(LEAST + "login: { " + line + " }\n"));
    }
  }

  @Test
  void everyKeyCounts() throws Exception {
    file("tls.crt", "rw-r--r--");
    file("tls.key", "rw-------");
    DaypassConfig config =
        read(
            """
            url: https://ca.example.com:8443
            listen: { api: "[::1]:443", metrics: 10.0.0.1:9000 }
            tls: { certificate: tls.crt, key: tls.key }
            state: /srv/daypass
            ledger: { origin: ca.example.com/daypass, head: /head/h, witnesses: [] }
            store: { sqlite: db/l.db }
            policy: p.yaml
            identity:
              ci: { preset: gitlab, audience: [a, b] }
            keys:
              user-ca: { file: u }
              host-ca: { file: /k/h }
              ledger: { file: l }
              channel: { file: c }
              blocked: leaked
            hosts:
              patterns: ["*.example.com"]
              known: { db-1.example.com: { env: prod } }
            limits:
              trusted-proxies: [10.0.0.0/8, "::1"]
              connections: 10
              connections-per-address: 5
              requests-in-flight: 4
              failures: 2/s
              certificates: { per-identity: 5/m, per-key: 4/h, per-address: 3/s, together: 2/s }
              idle: 1m
              receive: 5s
              deadline: 20s
              certificate-lifetime: 1h30m
              host-certificate-lifetime: 7d
            """);

    assertThat(config.listen().api().address().getHostAddress()).isEqualTo("0:0:0:0:0:0:0:1");
    assertThat(config.listen().metrics().port()).isEqualTo(9000);
    assertThat(config.listen().transport())
        .isEqualTo(new Transport.Tls(folder.resolve("tls.crt"), folder.resolve("tls.key")));
    assertThat(config.ledger())
        .isEqualTo(
            new LedgerConfig(
                "ca.example.com/daypass",
                Path.of("/head/h"),
                TileReaders.PUBLIC,
                List.of(),
                WitnessQuorum.NONE,
                Map.of()));
    assertThat(config.store().sqlite()).isEqualTo(Path.of("/srv/daypass/db/l.db"));
    assertThat(config.policy()).isEqualTo(folder.resolve("p.yaml"));
    assertThat(config.keys())
        .isEqualTo(
            new KeysConfig(
                List.of(inFile("/srv/daypass/u")),
                List.of(inFile("/k/h")),
                List.of(inFile("/srv/daypass/l")),
                inFile("/srv/daypass/c"),
                Optional.of(folder.resolve("leaked")),
                Optional.empty()));
    assertThat(config.hosts().known().getFirst().labels()).isEqualTo(Map.of("env", "prod"));
    assertThat(config.limits())
        .isEqualTo(
            new LimitsConfig(
                List.of(cidr("10.0.0.0/8"), cidr("::1")),
                10,
                5,
                4,
                new Rate(2, Duration.ofSeconds(1)),
                new CertificateRatesConfig(
                    new Rate(5, Duration.ofMinutes(1)),
                    new Rate(4, Duration.ofHours(1)),
                    new Rate(3, Duration.ofSeconds(1)),
                    new Rate(2, Duration.ofSeconds(1))),
                Duration.ofMinutes(1),
                Duration.ofSeconds(5),
                Duration.ofSeconds(20),
                Duration.ofMinutes(90),
                Duration.ofDays(7)));
  }

  @Test
  void everyKeyOfProviderCounts() throws Exception {
    file("secret", "rw-------");
    ProviderConfig provider =
        provider(
            """
            preset: keycloak
            kind: person
            primary: true
            issuer: https://sso.example.com/realms/x
            client-id: daypass
            client-secret-file: secret
            audience: other
            account: { claim: unix_name }
            email-domains: [example.com, example.org]
            username-claim: upn
            groups-claim: none
            mfa-methods: [mfa, hwk]
            mfa-contexts: [urn:two]
            token: access
            bearer: true
            single-use: true
            algorithms: [ES256]
            clock-skew: 5s
            """);

    assertThat(provider.preset()).isEqualTo(Preset.KEYCLOAK);
    assertThat(provider.primary()).isTrue();
    assertThat(provider.clientId()).contains("daypass");
    assertThat(provider.clientSecret()).contains(Secret.of("hunter2"));
    assertThat(provider.tokens())
        .isEqualTo(
            new TokenConfig(
                List.of("other"),
                TokenConfig.Use.ACCESS,
                true,
                true,
                Set.of("ES256"),
                Duration.ofSeconds(5)));
    assertThat(provider.claims())
        .isEqualTo(
            new ClaimsConfig(
                "upn",
                Set.of("example.com", "example.org"),
                new AccountSource.Claim("unix_name"),
                Optional.empty(),
                Set.of("mfa", "hwk"),
                Set.of("urn:two"),
                "sub",
                "email_verified",
                Set.of()));
  }

  @Test
  void personsGetCautiousDefaults() throws Exception {
    ProviderConfig provider =
        provider("{ primary: true, issuer: https://sso.example.com, client-id: daypass }");

    assertThat(provider.preset()).isEqualTo(Preset.GENERIC);
    assertThat(provider.kind()).isEqualTo(IdentityKind.PERSON);
    assertThat(provider.tokens().bearer()).isFalse();
    assertThat(provider.tokens().audiences()).containsExactly("daypass");
    assertThat(provider.claims().groups()).isEmpty();
    assertThat(provider.claims().account()).isEqualTo(new AccountSource.None());
    assertThat(provider.claims().emailDomains()).isEmpty();
  }

  @Test
  void everyKeyOfSignInCounts() throws Exception {
    file("secret", "rw-------");
    ProviderConfig provider =
        provider(
            """
            preset: generic
            primary: true
            issuer: https://sso.example.com
            client-id: daypass
            client-secret-file: secret
            title: Example Inc.
            scopes: [openid, groups]
            client-auth: post
            prompt: select_account
            refresh: false
            userinfo: false
            """);

    assertThat(provider.signIn())
        .contains(
            new SignInConfig(
                "Example Inc.",
                Optional.of(SignInConfig.ClientAuth.POST),
                List.of("openid", "groups"),
                Optional.of("select_account"),
                Map.of(),
                false,
                false,
                false));
  }

  @Test
  void presetsAskAsTheirProvidersWant() throws Exception {
    file("secret", "rw-------");
    String client = "primary: true\nclient-id: x\nclient-secret-file: secret\n";
    SignInConfig okta = signIn("preset: okta\nissuer: https://example.okta.com\n" + client);
    SignInConfig custom =
        signIn("preset: okta\nissuer: https://example.okta.com/oauth2/default\n" + client);
    SignInConfig generic = signIn("issuer: https://sso.example.com\n" + client);
    ProviderConfig google = provider("preset: google\nemail-domains: [example.com]\n" + client);
    ProviderConfig entra =
        provider("preset: entra\nissuer: https://login.example.com/t/v2.0\n" + client);

    assertThat(okta.scopes()).contains("groups", "offline_access");
    assertThat(custom.scopes()).contains("offline_access").doesNotContain("groups");
    assertThat(generic.prompt()).contains("consent");
    assertThat(google.signIn().orElseThrow().scopes())
        .containsExactly("openid", "profile", "email");
    assertThat(google.signIn().orElseThrow().parameters())
        .containsExactlyInAnyOrderEntriesOf(Map.of("access_type", "offline", "hd", "example.com"));
    assertThat(google.claims().hostedDomains()).containsExactly("example.com");
    assertThat(entra.claims().subject()).isEqualTo("oid");
    assertThat(entra.claims().emailVerified()).isEqualTo("xms_edov");
    assertThat(entra.signIn().orElseThrow().userinfo()).isFalse();
    assertThat(entra.signIn().orElseThrow().freshByPrompt()).isTrue();
  }

  @Test
  void hostedDomainsCanBeNamedOrLeftOut() throws Exception {
    file("secret", "rw-------");
    String google =
        """
        preset: google
        primary: true
        client-id: x
        client-secret-file: secret
        email-domains: [example.com]
        """;

    assertThat(provider(google + "hosted-domain: [a.example, b.example]\n").claims())
        .extracting(ClaimsConfig::hostedDomains)
        .isEqualTo(Set.of("a.example", "b.example"));
    assertThat(provider(google + "hosted-domain: none\n").claims().hostedDomains()).isEmpty();
    assertThat(signIn(google + "hosted-domain: none\nrefresh: false\n").parameters()).isEmpty();
  }

  @Test
  void personsWhoShowTokensNeedNoClient() throws Exception {
    assertThat(
            provider("issuer: https://a.example.com\nprimary: true\nbearer: true\naudience: d\n")
                .signIn())
        .isEmpty();
  }

  @Test
  void onlyGithubsTokensAreForSingleUse() throws Exception {
    assertThat(provider(read(LEAST), "ci").tokens().singleUse()).isTrue();
    assertThat(provider(read(LEAST.replace("github-actions", "gitlab")), "ci").tokens().singleUse())
        .isFalse();
  }

  private SignInConfig signIn(String entry) throws Exception {
    return provider(entry).signIn().orElseThrow();
  }

  @Test
  void servicesBringTheirTokens() throws Exception {
    ProviderConfig ci = provider(read(LEAST), "ci");

    assertThat(ci.kind()).isEqualTo(IdentityKind.SERVICE);
    assertThat(ci.issuer()).isEqualTo("https://token.actions.githubusercontent.com");
    assertThat(ci.tokens().bearer()).isTrue();
    assertThat(ci.claims().username()).isEqualTo("sub");
  }

  @Test
  void givenStateMovesWhatIsRelativeToIt() throws Exception {
    Path file = write(LEAST + "state: /srv/daypass\n");

    DaypassConfig config =
        new ConfigReader(Optional.empty()).read(file, Optional.of(Path.of("/tmp/other")));

    assertThat(config.state()).isEqualTo(Path.of("/tmp/other"));
    assertThat(config.store().sqlite()).isEqualTo(Path.of("/tmp/other/ledger.db"));
    assertThat(config.keys().ledger()).isEqualTo(inFile("/tmp/other/keys/ledger"));
  }

  @Test
  void credentialOfSystemdMayHaveItsGroupBit() throws Exception {
    file("b", "r--r-----");
    String text =
        LEAST
            + "  b: { primary: true, issuer: https://b.example.com, client-id: x,"
            + " client-secret-credential: b }\n";

    DaypassConfig config = new ConfigReader(Optional.of(folder)).read(write(text));

    assertThat(provider(config, "b").clientSecret()).contains(Secret.of("hunter2"));
  }

  @Test
  void behindProxyNamesTheProxy() throws Exception {
    DaypassConfig config =
        read(
            """
            url: https://ca.example.com
            listen: { insecure-plain-http: behind-proxy }
            ledger: { origin: ca.example.com/daypass }
            identity: { ci: { preset: github-actions, audience: daypass } }
            limits: { trusted-proxies: [10.0.0.7] }
            """);

    assertThat(config.listen().transport()).isEqualTo(new Transport.ProxiedHttp());
  }

  @Test
  void secretNeverPrints() {
    assertThat(Secret.of("hunter2")).hasToString("(secret)").isNotEqualTo(Secret.of("hunter3"));
  }

  @Test
  void refusesFileThatEverybodyMayChange() throws Exception {
    Path file = write(LEAST);
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));

    assertThatExceptionOfType(ConfigInvalid.class)
        .isThrownBy(() -> new ConfigReader(Optional.empty()).read(file))
        .satisfies(invalid ->
            assertThat(invalid.problems().getFirst().message())
                .isEqualTo("everybody may change it"));
  }

  @Test
  void refusesWhatIsNotUtf8() throws Exception {
    Path file = folder.resolve("daypass.yaml");
    Files.write(file, new byte[] {'a', ':', ' ', (byte) 0xff});

    assertThatExceptionOfType(ConfigInvalid.class)
        .isThrownBy(() -> new ConfigReader(Optional.empty()).read(file))
        .satisfies(invalid ->
            assertThat(invalid.problems().getFirst().message()).isEqualTo("it is not UTF-8"));
  }

  private ProviderConfig provider(String entry) throws Exception {
    String indented = entry.strip().replace("\n", "\n    ");
    return provider(read(LEAST + "  x:\n    " + indented + "\n"), "x");
  }

  private static ProviderConfig provider(DaypassConfig config, String name) {
    return Objects.requireNonNull(config.identity().get(name));
  }

  private void assertProblem(String text, String message) {
    assertThatExceptionOfType(ConfigInvalid.class)
        .isThrownBy(() -> read(text))
        .satisfies(
            invalid -> assertThat(invalid.problems().getFirst().message()).contains(message));
  }

  private DaypassConfig read(String text) throws Exception {
    return new ConfigReader(Optional.empty()).read(write(text));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("daypass.yaml"), text);
  }

  private void file(String name, String permissions) throws IOException {
    Path file = Files.writeString(folder.resolve(name), "hunter2\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private static Cidr cidr(String text) {
    return Cidr.parse(text).orElseThrow();
  }

  @Test
  void aKeyFileMayBeEncryptedAndSignByAnotherHash() throws Exception {
    file("phrase", "rw-------");
    DaypassConfig config =
        read(
            LEAST
                + "keys: { user-ca: { file: /k, passphrase-file: phrase,"
                + " rsa-signature: rsa-sha2-256 } }\n");

    assertThat(config.keys().userCa())
        .isEqualTo(
            new KeyConfig.InFile(Path.of("/k"), Optional.of(Secret.of("hunter2")), RsaHash.SHA256));
    assertThat(config.keys().userCa().publicHalf()).isEqualTo(Path.of("/k.pub"));
  }

  @Test
  void aUseMayHaveSeveralKeysInTheirOrder() throws Exception {
    DaypassConfig config =
        read(LEAST + "keys:\n  user-ca:\n    - { file: /a }\n    - { file: /b }\n");
    assertThat(config.keys().userCas()).containsExactly(inFile("/a"), inFile("/b"));
    assertThat(config.keys().userCa()).isEqualTo(inFile("/a"));
    assertThat(config.keys().hostCas()).hasSize(1);
  }

  @Test
  void noKeyStandsTwiceAndNoUseIsWithoutOne() {
    assertProblem(
        LEAST + "keys: { user-ca: [{ file: /a }, { file: /a }] }\n", "names one key twice");
    assertProblem(
        LEAST + "keys: { user-ca: [{ file: /a }], ledger: [{ file: /b }, { file: /a }] }\n",
        "one key has two uses, user-ca and ledger");
    assertProblem(LEAST + "keys: { host-ca: [] }\n", "names 0 keys");
    assertProblem(LEAST + "keys: { channel: [{ file: /a }] }\n", "is not a mapping");
  }

  @Test
  void aKeyMayBeInAnAgent() throws Exception {
    file("k.pub", "rw-r--r--");
    DaypassConfig config =
        read(LEAST + "keys: { ledger: { agent: /run/agent, public-key: k.pub } }\n");

    assertThat(config.keys().ledger())
        .isEqualTo(
            new KeyConfig.InAgent(Path.of("/run/agent"), folder.resolve("k.pub"), RsaHash.SHA512));
  }

  @Test
  void aKeyMayBeInAToken() throws Exception {
    file("k.pub", "rw-r--r--");
    file("module.so", "rw-r--r--");
    file("pin", "rw-------");
    DaypassConfig config =
        read(
            LEAST
                + "keys: { host-ca: { pkcs11: module.so, token: t, key: h, public-key: k.pub,"
                + " pin-file: pin } }\n");

    assertThat(config.keys().hostCa())
        .isEqualTo(
            new KeyConfig.InToken(
                folder.resolve("module.so"),
                "t",
                "h",
                folder.resolve("k.pub"),
                Secret.of("hunter2"),
                4,
                RsaHash.SHA512));
    assertThat(config.keys().toString()).doesNotContain("hunter2");
  }

  private static KeyConfig inFile(String path) {
    return new KeyConfig.InFile(Path.of(path), Optional.empty(), RsaHash.SHA512);
  }
}

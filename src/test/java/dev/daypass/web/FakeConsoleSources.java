package dev.daypass.web;

import dev.daypass.fleet.host.JoinedHost;
import dev.daypass.identity.Identity;
import dev.daypass.identity.IdentityId;
import dev.daypass.identity.IdentityRegistry;
import dev.daypass.identity.Registration;
import dev.daypass.identity.Username;
import dev.daypass.ledger.count.CountSum;
import dev.daypass.ledger.count.Counts;
import dev.daypass.ledger.verify.CertificateRebuild;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import dev.daypass.policy.Policy;
import dev.daypass.revocation.live.LiveCertificate;
import dev.daypass.ssh.Bytes;
import dev.daypass.tlog.NoteKey;
import dev.daypass.web.console.ConsoleSources;
import java.net.URI;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/** What the console reads, in memory, and a provider that says what a test has set. */
final class FakeConsoleSources implements ConsoleSources {
  static final LocalDate TODAY = LocalDate.ofInstant(RunningServer.NOW, ZoneOffset.UTC);

  final List<SignInProvider> offered =
      List.of(new SignInProvider("okta", "Okta"), new SignInProvider("other", "Another"));
  final List<SignInSecrets> begun = new ArrayList<>();
  final List<String> finished = new ArrayList<>();
  SignInResult result = new SignInResult.SignedIn(FakeBackend.ALICE, Optional.empty());
  Registration registration = new Registration.Accepted();
  Policy policy = new Policy(Bytes.ofUtf8("policy").sha256(), Map.of(), Map.of(), Map.of());
  List<JoinedHost> servers = List.of();
  List<String> usernames = List.of("alice", "bob");
  List<LiveCertificate> alive = List.of();
  List<String> warnings = List.of();
  IntFunction<Counts> counts = days -> new CountSum(TODAY.minusDays(days - 1L), TODAY).counts(0);

  @Override
  public List<String> warnings() {
    return warnings;
  }

  @Override
  public SignInProviders providers() {
    return new FakeProviders();
  }

  @Override
  public IdentityRegistry registry() {
    return (Identity _) -> registration;
  }

  @Override
  public Policy policy() {
    return policy;
  }

  @Override
  public List<JoinedHost> servers() {
    return servers;
  }

  @Override
  public Optional<IdentityId> owner(Username username) {
    return username.equals(FakeBackend.ALICE.username())
        ? Optional.of(FakeBackend.ALICE.id())
        : Optional.empty();
  }

  @Override
  public List<String> usernames(String from, int limit) {
    return usernames.stream().filter(name -> name.compareTo(from) >= 0).limit(limit).toList();
  }

  @Override
  public List<LiveCertificate> alive(Username username) {
    return alive;
  }

  @Override
  public Counts counts(int days) {
    return counts.apply(days);
  }

  @Override
  public CertificateRebuild rebuild() {
    return CertificateRebuild.NONE;
  }

  @Override
  public NoteKey ledgerKey() {
    return NoteKey.ofEd25519("ca.example.com/daypass", new byte[32]);
  }

  /** The providers at which persons sign in. */
  private final class FakeProviders implements SignInProviders {
    @Override
    public List<SignInProvider> providers() {
      return offered;
    }

    @Override
    public SignInRequest begin(String provider, SignInSecrets secrets, SignInTerms terms) {
      begun.add(secrets);
      return offered.stream().anyMatch(each -> each.name().equals(provider))
          ? new SignInRequest.To(
              URI.create("https://idp.example.com/authorize?state=" + secrets.state()))
          : new SignInRequest.Unknown();
    }

    @Override
    public SignInResult finish(
        String provider,
        SignInSecrets secrets,
        SignInTerms terms,
        Map<String, List<String>> parameters) {
      finished.add(provider + " " + parameters.get("code"));
      return result;
    }

    @Override
    public RefreshResult refresh(String provider, Identity known, RefreshToken token) {
      throw new AssertionError("a session is never refreshed");
    }

    @Override
    public void giveBack(String provider, RefreshToken token) {
      finished.add("given back");
    }
  }
}

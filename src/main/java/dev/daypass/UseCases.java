package dev.daypass;

import dev.daypass.custody.LoginSealingKey;
import dev.daypass.fleet.HostDirectory;
import dev.daypass.issuance.CertificateIssuance;
import dev.daypass.issuance.CertificateRelease;
import dev.daypass.issuance.Freeze;
import dev.daypass.issuance.KeyAbsence;
import dev.daypass.issuance.KeyScreen;
import dev.daypass.issuance.Witnessing;
import dev.daypass.ledger.refusal.RefusalLog;
import dev.daypass.login.LoginDesk;
import dev.daypass.login.LoginParts;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.policy.request.RequestReader;
import dev.daypass.policy.role.RoleName;
import dev.daypass.reload.PolicyShelf;
import dev.daypass.revocation.Revocations;
import java.io.IOException;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes logins and issuance of what they stand on.
 *
 * @param keys which keys are certified for nobody
 */
record UseCases(Foundation base, KeyScreen keys, RefusalLog refusals, Freeze freeze) {
  LoginDesk logins(SignInProviders providers) throws IOException {
    return new LoginParts(
            base.stores().logins(),
            LoginSealingKey.open(base.state().loginSealingKey(), base.random()),
            providers,
            base.stores().identities(),
            base.ledger(),
            refusals,
            keys::refusal,
            base.config().login(),
            base.clock(),
            base.random())
        .assemble();
  }

  Revocations revocations(LoginDesk logins) {
    RevokedLogins ends = new RevokedLogins(logins, base.stores().logins());
    return new Revocations(base.ledger(), base.revoked(), ends, base.clock());
  }

  IssuanceDesk issuance(
      PolicyShelf policy,
      HostDirectory hosts,
      LoginDesk logins,
      OpeningEntries opening,
      Witnessing witnesses) {
    CertificateRelease release =
        new CertificateRelease(
            base.ledger(),
            base.signer(),
            base.config().limits().certificateLifetime(),
            base.random(),
            logins::isOpen,
            freeze::reason,
            witnesses);
    CertificateIssuance issuance =
        new CertificateIssuance(
            policy::policy,
            base.stores().identities(),
            new RequestReader(hosts::find),
            keys,
            release,
            refusals,
            base.clock());
    return new IssuanceDesk(
        issuance,
        opening::written,
        new KeyAbsence(System::nanoTime),
        base.meters().issuance(() -> roles(policy)));
  }

  private static Set<String> roles(PolicyShelf policy) {
    return policy.policy().roles().keySet().stream()
        .map(RoleName::text)
        .collect(Collectors.toSet());
  }
}

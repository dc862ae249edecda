package dev.daypass.web.api;

import dev.daypass.login.RequestVerdict;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;

/** Whether a request was signed by a key: {@link dev.daypass.login.RequestSignatures}. */
@FunctionalInterface
public interface PossessionCheck {
  RequestVerdict verifyPossession(
      SignedRequest request, Optional<String> header, SshPublicKey expected);
}

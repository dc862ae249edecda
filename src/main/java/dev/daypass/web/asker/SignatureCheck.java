package dev.daypass.web.asker;

import dev.daypass.login.RequestSignatures;
import dev.daypass.login.RequestVerdict;
import dev.daypass.login.SignedRequest;
import dev.daypass.ssh.SshPublicKey;
import java.util.Optional;

/** Whether a request was signed, and by which key: {@link RequestSignatures}. */
public interface SignatureCheck {
  /** By whatever key the header names. */
  RequestVerdict verify(SignedRequest request, String namespace, String header);

  /** By this key, beside a bearer token. */
  RequestVerdict verifyPossession(
      SignedRequest request, Optional<String> header, SshPublicKey expected);

  /** The real one. */
  static SignatureCheck of(RequestSignatures signatures) {
    return new SignatureCheck() {
      @Override
      public RequestVerdict verify(SignedRequest request, String namespace, String header) {
        return signatures.verify(request, namespace, header);
      }

      @Override
      public RequestVerdict verifyPossession(
          SignedRequest request, Optional<String> header, SshPublicKey expected) {
        return signatures.verifyPossession(request, header, expected);
      }
    };
  }
}

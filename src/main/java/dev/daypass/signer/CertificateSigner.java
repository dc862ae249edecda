package dev.daypass.signer;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.lint.CertificateLinter;
import dev.daypass.cert.lint.LintFinding;
import dev.daypass.cert.lint.LintLimits;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.InclusionProof;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The CA keys at work: the rules of DESIGN section 3 for certificates. Any number of threads; the
 * only thing they share is the window.
 */
final class CertificateSigner {
  private final Supplier<SignerKeys> keys;
  private final SignerLimits limits;
  private final SigningWindow window;
  private final SignatureBudget userCa;
  private final SignatureBudget hostCa;

  CertificateSigner(
      Supplier<SignerKeys> keys,
      SignerLimits limits,
      SigningWindow window,
      SignatureBudget userCa,
      SignatureBudget hostCa) {
    this.keys = keys;
    this.limits = limits;
    this.window = window;
    this.userCa = userCa;
    this.hostCa = hostCa;
  }

  Certificate sign(CertificateContent content, Bytes entry, InclusionProof inclusion)
      throws SignerRefused {
    SshSigner caKey = ownKey(content);
    requireWellFormed(content);
    requireIncluded(content, entry, inclusion);
    // Last before the key: a refused request does not use up its index. A key that then fails does,
    // for nobody knows whether a signature was made.
    budget(content.type()).spend();
    claim(inclusion);
    return signed(content, caKey);
  }

  private SignatureBudget budget(CertificateType type) {
    return switch (type) {
      case USER -> userCa;
      case HOST -> hostCa;
    };
  }

  private LintLimits limits(CertificateType type) {
    return switch (type) {
      case USER -> limits.userCa();
      case HOST -> limits.hostCa();
    };
  }

  private SshSigner ownKey(CertificateContent content) throws SignerRefused {
    List<SshSigner> ofThatUse =
        switch (content.type()) {
          case USER -> keys.get().userCas();
          case HOST -> keys.get().hostCas();
        };
    return SignerKeys.find(ofThatUse, content.caKey())
        .orElseThrow(() ->
            new SignerRefused(
                Reason.OTHER_CA_KEY, "not a CA key for " + content.type() + " certificates"));
  }

  private void requireWellFormed(CertificateContent content) throws SignerRefused {
    List<LintFinding> findings = CertificateLinter.lint(content, limits(content.type()));
    if (!findings.isEmpty()) {
      throw new SignerRefused(
          Reason.NOT_WELL_FORMED,
          findings.stream().map(LintFinding::rule).collect(Collectors.joining(", ")));
    }
  }

  private void requireIncluded(CertificateContent content, Bytes entry, InclusionProof inclusion)
      throws SignerRefused {
    if (content.serial().bits() != inclusion.index().value()) {
      throw new SignerRefused(
          Reason.SERIAL_IS_NOT_INDEX, content.serial() + " is not " + inclusion.index());
    }
    boolean granted =
        GrantEntry.read(entry)
            .filter(grant -> grant.grants(content.type(), content.commitment()))
            .isPresent();
    if (!granted) {
      throw new SignerRefused(Reason.NOT_ITS_ENTRY, "entry " + inclusion.index());
    }
    Hash root =
        window
            .root(inclusion.size())
            .orElseThrow(() ->
                new SignerRefused(
                    Reason.UNKNOWN_CHECKPOINT, "no checkpoint of size " + inclusion.size()));
    if (!inclusion.verifies(Hash.leaf(entry.toArray()), root)) {
      throw new SignerRefused(Reason.NOT_INCLUDED, "entry " + inclusion.index());
    }
  }

  private void claim(InclusionProof inclusion) throws SignerRefused {
    switch (window.claim(inclusion.index())) {
      case GRANTED -> {}
      case NOT_OPEN -> throw new SignerRefused(Reason.INDEX_NOT_OPEN, "entry " + inclusion.index());
      case TAKEN_BEFORE ->
          throw new SignerRefused(Reason.ALREADY_SIGNED, "entry " + inclusion.index());
    }
  }

  private static Certificate signed(CertificateContent content, SshSigner caKey)
      throws SignerRefused {
    try {
      Certificate certificate = new Certificate(content, caKey.sign(content.toBeSigned()));
      if (!certificate.signatureVerifies()) {
        throw new SignerRefused(Reason.KEY_FAILED, "the CA key's signature does not verify");
      }
      return certificate;
    } catch (SigningException e) {
      throw new SignerRefused(Reason.KEY_FAILED, "the CA key did not sign", e);
    }
  }
}

package dev.daypass.signer;

import dev.daypass.cert.Certificate;
import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateOptions;
import dev.daypass.cert.CertificateType;
import dev.daypass.cert.KeyId;
import dev.daypass.cert.Principal;
import dev.daypass.cert.Serial;
import dev.daypass.cert.ValidityWindow;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshKeyType;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.signature.OpenSshPrivateKey;
import dev.daypass.ssh.signature.SshSigner;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Frontier;
import dev.daypass.tlog.Growth;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.InclusionProof;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A tree that grows beside a signer, as the sequencer would grow it. */
public final class SignerScenario {
  static final String ORIGIN = "ca.example.com/daypass";
  static final Duration USER_LIFETIME = Duration.ofHours(1);
  static final Duration HOST_LIFETIME = Duration.ofDays(30);
  static final Instant NOW = Instant.parse("2026-11-21T01:13:00Z");

  private static final OpenSshPrivateKey USER_CA = generate();
  private static final OpenSshPrivateKey HOST_CA = generate();
  private static final OpenSshPrivateKey LEDGER = generate();
  private static final SshPublicKey SUBJECT = generate().publicKey();

  final InMemoryHeadFile headFile = new InMemoryHeadFile(ORIGIN);
  final FaultySigner userCa = new FaultySigner(USER_CA);
  final FaultySigner hostCa = new FaultySigner(HOST_CA);
  final FaultySigner ledger = new FaultySigner(LEDGER);

  private Frontier frontier = Frontier.EMPTY;
  private LocalSigner signer;

  public SignerScenario() throws Exception {
    signer = open();
    append(List.of("{\"kind\":\"ledger.created\"}"));
  }

  /** What the signer is asked to sign. */
  public record Request(CertificateContent content, Bytes entry, InclusionProof inclusion) {
    public Request with(CertificateContent other) {
      return new Request(other, entry, inclusion);
    }

    public Request with(Bytes other) {
      return new Request(content, other, inclusion);
    }

    public Request with(InclusionProof other) {
      return new Request(content, entry, other);
    }
  }

  public LocalSigner signer() {
    return signer;
  }

  public Frontier frontier() {
    return frontier;
  }

  /** A new process with the same keys and the same head file. */
  public void restart() throws IOException {
    signer = open();
  }

  public Certificate sign(Request request) throws SignerRefused {
    return signer.signCertificate(request.content(), request.entry(), request.inclusion());
  }

  /** Logs grants in one batch and has its checkpoint signed. */
  public List<Request> grant(CertificateType... types) throws SignerRefused {
    List<CertificateContent> contents = new ArrayList<>();
    List<String> entries = new ArrayList<>();
    for (CertificateType type : types) {
      CertificateContent content = content(type, frontier.size().value() + contents.size());
      contents.add(content);
      entries.add(entry(content));
    }
    Growth growth = append(entries);
    List<Request> requests = new ArrayList<>();
    for (int i = 0; i < contents.size(); i++) {
      CertificateContent content = contents.get(i);
      EntryNumber number = new EntryNumber(content.serial().bits());
      CertificateContent complete =
          content.type() == CertificateType.USER
              ? content.withProof(Bytes.ofUtf8("a proof that servers check\n"))
              : content;
      requests.add(
          new Request(complete, Bytes.ofUtf8(entries.get(i)), growth.inclusionProof(number)));
    }
    return requests;
  }

  /** Appends entries and has the checkpoint signed. */
  public Growth append(List<String> entries) throws SignerRefused {
    Growth growth = grow(entries);
    signer.signCheckpoint(checkpoint(growth.frontier()), growth.consistencyProof());
    return growth;
  }

  /** Appends entries without asking the signer, as a store that is ahead of it. */
  public Growth grow(List<String> entries) {
    List<Hash> leaves =
        entries.stream().map(entry -> Hash.leaf(Bytes.ofUtf8(entry).toArray())).toList();
    Growth growth = frontier.append(leaves);
    frontier = growth.frontier();
    return growth;
  }

  public static Checkpoint checkpoint(Frontier tree) {
    return new Checkpoint(ORIGIN, tree.size(), tree.root());
  }

  /** What a certificate's grant looks like in the tree. */
  public static String entry(CertificateContent content) {
    String kind =
        switch (content.type()) {
          case USER -> "certificate.granted";
          case HOST -> "host-certificate.granted";
        };
    return entry(kind, content.commitment());
  }

  public static String entry(String kind, Bytes commitment) {
    return "{\"at\":\"2026-11-21T01:13:00.123Z\",\"commits\":{\"ssh\":\"%s\"},\"details\":\"%s\",\"kind\":\"%s\",\"v\":1}"
        .formatted(commitment.base64Url(), Bytes.ofUtf8("details").sha256().base64Url(), kind);
  }

  public static CertificateContent content(CertificateType type, long serial) {
    boolean user = type == CertificateType.USER;
    Instant end = NOW.plus(user ? USER_LIFETIME : HOST_LIFETIME);
    return new CertificateContent(
        type,
        Bytes.ofUtf8("nonce").sha256(),
        SUBJECT,
        new Serial(serial),
        new KeyId(user ? "alice role=db" : "db-1.example.com"),
        List.of(new Principal(user ? "daypass:db" : "db-1.example.com")),
        new ValidityWindow(NOW, end),
        CertificateOptions.EMPTY,
        CertificateOptions.EMPTY,
        user ? USER_CA.publicKey() : HOST_CA.publicKey());
  }

  /** A new process that holds whoever asks to these rates, by a clock that stands still. */
  public void restartWith(SignerRates rates) throws IOException {
    signer =
        LocalSigner.open(
            new SignerKeys(userCa, hostCa, ledger),
            SignerLimits.ofLifetimes(USER_LIFETIME, HOST_LIFETIME),
            rates,
            () -> 0,
            headFile);
  }

  /** One user CA key more, while it runs. */
  void holdAsWell(SshSigner next) {
    signer.hold(new SignerKeys(List.of(userCa, next), List.of(hostCa), List.of(ledger)));
  }

  private LocalSigner open() throws IOException {
    return LocalSigner.open(
        new SignerKeys(userCa, hostCa, ledger),
        SignerLimits.ofLifetimes(USER_LIFETIME, HOST_LIFETIME),
        headFile);
  }

  private static OpenSshPrivateKey generate() {
    return OpenSshPrivateKey.generate(SshKeyType.ED25519);
  }
}

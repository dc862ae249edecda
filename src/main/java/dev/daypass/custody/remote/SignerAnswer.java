package dev.daypass.custody.remote;

import dev.daypass.signer.PublicKeys;
import dev.daypass.signer.SignerHead;
import dev.daypass.signer.SignerRefused;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SshSig;
import dev.daypass.ssh.signature.SshSignature;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.TreeSize;
import java.util.ArrayList;
import java.util.List;

/** What the signer answers, in the data types of RFC 4251 section 5; a byte says which. */
sealed interface SignerAnswer {
  /** A certificate's signature, an SSHSIG, as many keys as there can be. */
  int MAX_BYTES = 128 * 1024;

  Bytes encode();

  /** Nothing was signed. */
  record Refused(SignerRefused.Reason reason, String detail) implements SignerAnswer {
    private static final int CODE = 0;

    @Override
    public Bytes encode() {
      return new WireWriter().uint8(CODE).text(reason.name()).text(detail).toBytes();
    }
  }

  /** To {@link SignerQuestion.Hello}. */
  record Hello(PublicKeys keys, SignerHead head) implements SignerAnswer {
    private static final int CODE = 1;

    @Override
    public Bytes encode() {
      WireWriter writer = new WireWriter(1024).uint8(CODE);
      for (List<SshPublicKey> ofOneUse : List.of(keys.userCas(), keys.hostCas(), keys.ledgers())) {
        writer.uint8(ofOneUse.size());
        ofOneUse.forEach(key -> writer.string(key.blob()));
      }
      return writer
          .text(head.origin())
          .uint64(head.size().value())
          .raw(Bytes.of(head.root().toArray()))
          .toBytes();
    }
  }

  /**
   * To {@link SignerQuestion.SignCheckpoint}.
   *
   * @param raw the Ed25519 signature of the note's text
   */
  record Checkpoint(Bytes raw, SshSig sshSig) implements SignerAnswer {
    private static final int CODE = 2;

    @Override
    public Bytes encode() {
      return new WireWriter(512).uint8(CODE).string(raw).string(sshSig.encode()).toBytes();
    }
  }

  /** To {@link SignerQuestion.SignCertificate}. */
  record Certificate(SshSignature signature) implements SignerAnswer {
    private static final int CODE = 3;

    @Override
    public Bytes encode() {
      return new WireWriter(512).uint8(CODE).string(signature.encode()).toBytes();
    }
  }

  /** Reads an answer strictly, up to its last byte. */
  static SignerAnswer decode(Bytes bytes) throws SshFormatException {
    WireReader reader = WireReader.of(bytes);
    try {
      SignerAnswer answer =
          switch (reader.uint8()) {
            case Refused.CODE ->
                new Refused(SignerRefused.Reason.valueOf(reader.text()), reader.text());
            case Hello.CODE -> hello(reader);
            case Checkpoint.CODE -> new Checkpoint(reader.string(), SshSig.decode(reader.string()));
            case Certificate.CODE -> new Certificate(SshSignature.decode(reader.nested()));
            default -> throw new SshFormatException("no such answer", 0);
          };
      reader.requireEnd();
      return answer;
    } catch (IllegalArgumentException e) {
      throw new SshFormatException("unsound answer", reader.offset(), e);
    }
  }

  private static Hello hello(WireReader reader) throws SshFormatException {
    PublicKeys keys = new PublicKeys(ofOneUse(reader), ofOneUse(reader), ofOneUse(reader));
    String origin = reader.text();
    TreeSize size = new TreeSize(reader.uint64());
    return new Hello(keys, new SignerHead(origin, size, Hash.of(reader.raw(32).toArray())));
  }

  private static List<SshPublicKey> ofOneUse(WireReader reader) throws SshFormatException {
    int count = reader.uint8();
    List<SshPublicKey> keys = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(SshPublicKey.decode(reader.nested()));
    }
    return keys;
  }
}

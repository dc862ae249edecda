package dev.daypass.custody.remote;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateFormatException;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import dev.daypass.tlog.Checkpoint;
import dev.daypass.tlog.ConsistencyProof;
import dev.daypass.tlog.EntryNumber;
import dev.daypass.tlog.Hash;
import dev.daypass.tlog.InclusionProof;
import dev.daypass.tlog.TreeSize;
import java.util.ArrayList;
import java.util.List;

/**
 * What can be asked of the signer, in the data types of RFC 4251 section 5; a byte says which. What
 * decodes encodes to the same bytes.
 */
sealed interface SignerQuestion {
  /** A certificate's 64 KiB, an entry, a proof. */
  int MAX_BYTES = 128 * 1024;

  /** More than any tree of 2^63 entries needs, in either proof. */
  int MAX_HASHES = 128;

  Bytes encode();

  /** For the public keys and the head. */
  record Hello() implements SignerQuestion {
    private static final int CODE = 1;

    @Override
    public Bytes encode() {
      return new WireWriter(1).uint8(CODE).toBytes();
    }
  }

  /** For a checkpoint's signatures by that one of the ledger keys. */
  record SignCheckpoint(Checkpoint checkpoint, ConsistencyProof fromHead, SshPublicKey key)
      implements SignerQuestion {
    private static final int CODE = 2;

    @Override
    public Bytes encode() {
      WireWriter writer =
          new WireWriter()
              .uint8(CODE)
              .string(key.blob())
              .text(checkpoint.origin())
              .uint64(checkpoint.size().value())
              .raw(Bytes.of(checkpoint.root().toArray()))
              .uint64(fromHead.from().value());
      return hashes(writer, fromHead.hashes()).toBytes();
    }
  }

  /** For a certificate's signature. */
  record SignCertificate(CertificateContent content, Bytes entry, InclusionProof inclusion)
      implements SignerQuestion {
    private static final int CODE = 3;

    @Override
    public Bytes encode() {
      WireWriter writer =
          new WireWriter(4096)
              .uint8(CODE)
              .string(content.toBeSigned())
              .string(entry)
              .uint64(inclusion.index().value())
              .uint64(inclusion.size().value());
      return hashes(writer, inclusion.hashes()).toBytes();
    }
  }

  /** Reads a question strictly, up to its last byte. */
  static SignerQuestion decode(Bytes bytes) throws SshFormatException {
    WireReader reader = WireReader.of(bytes);
    try {
      SignerQuestion question =
          switch (reader.uint8()) {
            case Hello.CODE -> new Hello();
            case SignCheckpoint.CODE -> checkpoint(reader);
            case SignCertificate.CODE -> certificate(reader);
            default -> throw new SshFormatException("no such question", 0);
          };
      reader.requireEnd();
      return question;
    } catch (IllegalArgumentException | CertificateFormatException e) {
      throw new SshFormatException("unsound: " + e.getMessage(), reader.offset(), e);
    }
  }

  private static SignCheckpoint checkpoint(WireReader reader) throws SshFormatException {
    SshPublicKey key = SshPublicKey.decode(reader.nested());
    String origin = reader.text();
    TreeSize size = new TreeSize(reader.uint64());
    Checkpoint checkpoint = new Checkpoint(origin, size, Hash.of(reader.raw(32).toArray()));
    TreeSize from = new TreeSize(reader.uint64());
    return new SignCheckpoint(checkpoint, new ConsistencyProof(from, size, hashes(reader)), key);
  }

  private static SignCertificate certificate(WireReader reader)
      throws SshFormatException, CertificateFormatException {
    Bytes toBeSigned = reader.string();
    CertificateContent content = CertificateContent.decode(toBeSigned);
    if (!content.toBeSigned().equals(toBeSigned)) {
      // Nothing but what was read and judged is signed.
      throw new SshFormatException("the certificate is not in its one form", 0);
    }
    Bytes entry = reader.string();
    EntryNumber index = new EntryNumber(reader.uint64());
    TreeSize size = new TreeSize(reader.uint64());
    return new SignCertificate(content, entry, new InclusionProof(index, size, hashes(reader)));
  }

  private static WireWriter hashes(WireWriter writer, List<Hash> hashes) {
    writer.uint32(hashes.size());
    hashes.forEach(hash -> writer.raw(Bytes.of(hash.toArray())));
    return writer;
  }

  private static List<Hash> hashes(WireReader reader) throws SshFormatException {
    long count = reader.uint32();
    if (count > MAX_HASHES) {
      throw new SshFormatException("more hashes than any proof has", reader.offset());
    }
    List<Hash> hashes = new ArrayList<>((int) count);
    for (long i = 0; i < count; i++) {
      hashes.add(Hash.of(reader.raw(32).toArray()));
    }
    return hashes;
  }
}

package dev.daypass.krl;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.Fingerprint;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The bytes of a list (PROTOCOL.krl, sections 1 to 3). */
final class KrlCodec {
  /** "SSHKRL\n\0" (section 2). */
  private static final long MAGIC = 0x5353_484b_524c_0a00L;

  private static final long FORMAT_VERSION = 1;

  private static final int SECTION_CERTIFICATES = 1;
  private static final int SECTION_FINGERPRINT_SHA256 = 5;

  private KrlCodec() {}

  static Bytes encode(KeyRevocationList list) {
    WireWriter out = new WireWriter(1024);
    out.uint64(MAGIC).uint32(FORMAT_VERSION);
    out.uint64(list.version()).uint64(list.generatedAt().getEpochSecond());
    out.uint64(0).string(Bytes.EMPTY).text(list.comment());
    for (RevokedCertificates section : list.certificates()) {
      out.uint8(SECTION_CERTIFICATES).string(CertificateSectionCodec.encode(section));
    }
    if (!list.keys().isEmpty()) {
      WireWriter hashes = new WireWriter(list.keys().size() * 36);
      list.keys().forEach(key -> hashes.string(key.sha256()));
      out.uint8(SECTION_FINGERPRINT_SHA256).string(hashes.toBytes());
    }
    return out.toBytes();
  }

  static KeyRevocationList decode(Bytes file) throws KrlFormatException {
    KeyRevocationList list;
    try {
      list = read(WireReader.of(file));
    } catch (SshFormatException | IllegalArgumentException e) {
      throw new KrlFormatException(e);
    }
    // What was read leniently (order, doubles, how serials were grouped) is held to one form here.
    if (!encode(list).equals(file)) {
      throw new KrlFormatException("the list is not in the form in which it is written here");
    }
    return list;
  }

  private static KeyRevocationList read(WireReader in)
      throws SshFormatException, KrlFormatException {
    require(in.uint64() == MAGIC, "the file does not begin as a key revocation list");
    require(in.uint32() == FORMAT_VERSION, "the format is of another version");
    long version = in.uint64();
    long date = in.uint64();
    require(date >= 0 && date <= Instant.MAX.getEpochSecond(), "the date is out of range");
    require(in.uint64() == 0, "flags are set");
    require(in.string().size() == 0, "the reserved field is not empty");
    String comment = in.text();
    List<RevokedCertificates> certificates = new ArrayList<>();
    List<Fingerprint> keys = new ArrayList<>();
    while (in.remaining() > 0) {
      int type = in.uint8();
      WireReader section = in.nested();
      switch (type) {
        case SECTION_CERTIFICATES -> certificates.add(CertificateSectionCodec.read(section));
        case SECTION_FINGERPRINT_SHA256 -> readHashes(section, keys);
        default -> throw new KrlFormatException("section of type " + type + " is not taken");
      }
    }
    return new KeyRevocationList(version, Instant.ofEpochSecond(date), comment, certificates, keys);
  }

  private static void readHashes(WireReader section, List<Fingerprint> keys)
      throws SshFormatException {
    while (section.remaining() > 0) {
      keys.add(new Fingerprint(section.string()));
    }
  }

  static void require(boolean condition, String fault) throws KrlFormatException {
    if (!condition) {
      throw new KrlFormatException(fault);
    }
  }
}

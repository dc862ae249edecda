package dev.daypass.krl;

import dev.daypass.cert.KeyId;
import dev.daypass.cert.Serial;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.SshPublicKey;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import java.util.ArrayList;
import java.util.List;

/** The certificate section and its subsections (PROTOCOL.krl, section 4). */
final class CertificateSectionCodec {
  private static final int SERIAL_LIST = 0x20;
  private static final int SERIAL_RANGE = 0x21;
  private static final int KEY_IDS = 0x23;

  /** From here on a range, 21 bytes with its header, is shorter than the serials themselves. */
  private static final long LONG_RUN = 3;

  private CertificateSectionCodec() {}

  static Bytes encode(RevokedCertificates section) {
    WireWriter out = new WireWriter(256);
    out.string(section.caKey().blob()).string(Bytes.EMPTY);
    WireWriter list = new WireWriter();
    for (SerialRange range : section.serials().ranges()) {
      if (Long.compareUnsigned(range.size(), LONG_RUN) < 0) {
        list.uint64(range.first().bits());
        if (range.size() == 2) {
          list.uint64(range.last().bits());
        }
      }
    }
    if (list.size() > 0) {
      out.uint8(SERIAL_LIST).string(list.toBytes());
    }
    for (SerialRange range : section.serials().ranges()) {
      if (Long.compareUnsigned(range.size(), LONG_RUN) >= 0) {
        // Exactly one pair in each subsection (section 4.2).
        WireWriter pair = new WireWriter(16);
        pair.uint64(range.first().bits()).uint64(range.last().bits());
        out.uint8(SERIAL_RANGE).string(pair.toBytes());
      }
    }
    if (!section.keyIds().isEmpty()) {
      WireWriter keyIds = new WireWriter();
      section.keyIds().forEach(keyId -> keyIds.text(keyId.text()));
      out.uint8(KEY_IDS).string(keyIds.toBytes());
    }
    return out.toBytes();
  }

  static RevokedCertificates read(WireReader in) throws SshFormatException, KrlFormatException {
    SshPublicKey caKey = SshPublicKey.decode(in.string());
    KrlCodec.require(in.string().size() == 0, "a section's reserved field is not empty");
    List<SerialRange> ranges = new ArrayList<>();
    List<KeyId> keyIds = new ArrayList<>();
    while (in.remaining() > 0) {
      int type = in.uint8();
      WireReader part = in.nested();
      switch (type) {
        case SERIAL_LIST -> readSerials(part, ranges);
        case SERIAL_RANGE -> {
          ranges.add(new SerialRange(new Serial(part.uint64()), new Serial(part.uint64())));
          part.requireEnd();
        }
        case KEY_IDS -> readKeyIds(part, keyIds);
        default -> throw new KrlFormatException("subsection of type " + type + " is not taken");
      }
    }
    return new RevokedCertificates(caKey, SerialSet.ofRanges(ranges), keyIds);
  }

  private static void readSerials(WireReader list, List<SerialRange> ranges)
      throws SshFormatException {
    while (list.remaining() > 0) {
      Serial serial = new Serial(list.uint64());
      ranges.add(new SerialRange(serial, serial));
    }
  }

  private static void readKeyIds(WireReader list, List<KeyId> keyIds) throws SshFormatException {
    while (list.remaining() > 0) {
      keyIds.add(new KeyId(list.text()));
    }
  }
}

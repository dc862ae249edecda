package dev.daypass.ledger.verify;

import dev.daypass.cert.CertificateContent;
import dev.daypass.cert.CertificateType;
import dev.daypass.ledger.entry.Entry;
import dev.daypass.ledger.entry.EntryKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** Certificates found elsewhere, each of which must be one that this ledger granted. */
final class CertificateClaims {
  private static final String OUTSIDE =
      "a certificate with this serial was signed outside the ledger";

  private final Consumer<LedgerFault> faults;
  private final Map<Long, List<CertificateContent>> bySerial = new HashMap<>();

  CertificateClaims(Consumer<LedgerFault> faults) {
    this.faults = faults;
  }

  void add(CertificateContent certificate) {
    bySerial.computeIfAbsent(certificate.serial().bits(), _ -> new ArrayList<>(1)).add(certificate);
  }

  /** The entry of that number; empty if it cannot be read. */
  void see(long number, Optional<Entry> entry) {
    List<CertificateContent> claimed = bySerial.remove(number);
    if (claimed != null) {
      claimed.stream()
          .filter(certificate -> entry.filter(e -> grants(e, certificate)).isEmpty())
          .forEach(_ -> faults.accept(LedgerFault.of(number, OUTSIDE)));
    }
  }

  /** The ledger ended: serials that are left stand for no entry at all. */
  void finish() {
    bySerial
        .keySet()
        .forEach(serial ->
            faults.accept(
                LedgerFault.ofLedger(
                    "serial " + Long.toUnsignedString(serial) + " has no entry: " + OUTSIDE)));
  }

  private static boolean grants(Entry entry, CertificateContent certificate) {
    EntryKind kind =
        certificate.type() == CertificateType.USER
            ? EntryKind.CERTIFICATE_GRANTED
            : EntryKind.HOST_CERTIFICATE_GRANTED;
    return entry.kind() == kind && entry.commitSsh().equals(Optional.of(certificate.commitment()));
  }
}

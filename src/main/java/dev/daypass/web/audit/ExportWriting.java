package dev.daypass.web.audit;

import dev.daypass.ledger.read.EntryCsv;
import dev.daypass.ledger.verify.ExportLine;
import dev.daypass.ssh.Bytes;
import dev.daypass.web.exchange.Reply;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/** How what is taken away is written, a line at a time. */
public enum ExportWriting {
  /** What {@code daypassd ledger verify} reads. */
  NDJSON("ndjson", "application/x-ndjson"),
  /** What a spreadsheet reads. */
  CSV("csv", "text/csv;charset=utf-8");

  private final String word;
  private final String contentType;

  ExportWriting(String word, String contentType) {
    this.word = word;
    this.contentType = contentType;
  }

  public static Optional<ExportWriting> of(String word) {
    return Arrays.stream(values()).filter(writing -> writing.word.equals(word)).findFirst();
  }

  /** The format, as entries and file names say it. */
  public String word() {
    return word;
  }

  public String contentType() {
    return contentType;
  }

  /** Writes all of it. */
  public Reply.Writing of(LedgerReader.Export export) {
    return switch (this) {
      case NDJSON -> lines(export);
      case CSV -> table(export);
    };
  }

  private static Reply.Writing lines(LedgerReader.Export export) {
    return out -> {
      export.each(entry -> line(out, new ExportLine.Exported(entry.stored())));
      Optional<String> checkpoint = export.checkpoint();
      if (checkpoint.isPresent()) {
        line(out, new ExportLine.Signed(checkpoint.get()));
      }
    };
  }

  private static void line(OutputStream out, ExportLine line) throws IOException {
    Bytes encoded = line.encode();
    encoded.writeTo(out);
    out.write('\n');
  }

  private static Reply.Writing table(LedgerReader.Export export) {
    return out -> {
      out.write(EntryCsv.head().getBytes(StandardCharsets.UTF_8));
      export.each(entry -> out.write(EntryCsv.of(entry).getBytes(StandardCharsets.UTF_8)));
    };
  }
}

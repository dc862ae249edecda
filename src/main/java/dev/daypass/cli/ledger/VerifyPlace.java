package dev.daypass.cli.ledger;

import dev.daypass.cli.outcome.CommandRefused;
import dev.daypass.cli.outcome.ExitCode;
import dev.daypass.export.FolderFiles;
import dev.daypass.export.HttpFiles;
import dev.daypass.export.TokenFile;
import dev.daypass.ledger.publish.PublishedFiles;
import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.ledger.verify.ExportSource;
import dev.daypass.ledger.verify.LedgerSource;
import dev.daypass.ledger.verify.PublishedSource;
import dev.daypass.ledger.verify.StoreSource;
import dev.daypass.store.SqliteDatabase;
import dev.daypass.store.SqliteLedgerReader;
import java.io.Closeable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where a ledger is read from: a URL, the folder of a state or of published files, or an export.
 * Closing it closes what was opened.
 */
final class VerifyPlace implements Closeable {
  private static final String STORE = "ledger.db";

  private final Deque<Closeable> opened = new ArrayDeque<>();
  private final String name;
  private final LedgerSource source;

  private VerifyPlace(Path store) throws StoreFailed {
    this.name = store.toString();
    SqliteDatabase database = SqliteDatabase.openForReading(store);
    opened.push(database::close);
    this.source = new StoreSource(new SqliteLedgerReader(database));
  }

  private VerifyPlace(String place, Optional<Path> token) throws StoreFailed, CommandRefused {
    this.name = place;
    this.source = open(place, token);
  }

  /** The database of a state folder. */
  static VerifyPlace ofStore(Path store) throws StoreFailed {
    return new VerifyPlace(store);
  }

  /**
   * Whatever that place is.
   *
   * @param token what to show to a URL that only auditors read
   */
  static VerifyPlace of(String place, Optional<Path> token) throws StoreFailed, CommandRefused {
    return new VerifyPlace(place, token);
  }

  /** Published files by URL or folder, for those who read them one by one. */
  static PublishedFiles files(String place, Optional<Path> token) {
    return isUrl(place)
        ? new HttpFiles(prefix(place), TokenFile.reading(token))
        : new FolderFiles(Path.of(place));
  }

  String name() {
    return name;
  }

  LedgerSource source() {
    return source;
  }

  @Override
  public void close() throws IOException {
    for (Closeable part : opened) {
      part.close();
    }
  }

  private LedgerSource open(String place, Optional<Path> token) throws StoreFailed, CommandRefused {
    if (isUrl(place)) {
      HttpFiles files = new HttpFiles(prefix(place), TokenFile.reading(token));
      opened.push(files::close);
      return PublishedSource.open(files);
    }
    Path path = Path.of(place);
    if (Files.isRegularFile(path.resolve(STORE))) {
      SqliteDatabase database = SqliteDatabase.openForReading(path.resolve(STORE));
      opened.push(database::close);
      return new StoreSource(new SqliteLedgerReader(database));
    }
    if (Files.isDirectory(path)) {
      return PublishedSource.open(new FolderFiles(path));
    }
    if (Files.isRegularFile(path)) {
      ExportSource export = ExportSource.open(path);
      opened.push(export::close);
      return export;
    }
    throw new CommandRefused(
        ExitCode.USAGE,
        "there is nothing at " + place,
        "name a URL, a state folder, a folder of published files, or an export");
  }

  private static boolean isUrl(String place) {
    return place.startsWith("https://") || place.startsWith("http://");
  }

  /** A daemon's own address stands for what it serves. */
  private static URI prefix(String place) {
    URI url = URI.create(place);
    return url.getPath().isEmpty() || url.getPath().equals("/") ? url.resolve("/ledger") : url;
  }
}

package dev.daypass.export;

import dev.daypass.ledger.publish.CopyTarget;
import dev.daypass.ledger.publish.PublishedFiles;
import dev.daypass.ssh.Bytes;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.function.Supplier;

/** A copy behind HTTP PUT (RFC 9110, section 9.3.4), such as WebDAV or an object store. */
public final class HttpPutCopy implements CopyTarget, AutoCloseable {
  private final HttpFiles files;

  public HttpPutCopy(URI base, Supplier<Optional<String>> token) {
    this.files = new HttpFiles(base, token);
  }

  @Override
  public String name() {
    return files.base();
  }

  @Override
  public Optional<Bytes> read(String path) throws IOException {
    return files.read(path);
  }

  /** The answer is the target's promise to keep it. */
  @Override
  public void write(String path, Bytes content) throws IOException {
    boolean note = path.equals(PublishedFiles.CHECKPOINT);
    files.write(path, content, note ? "text/plain; charset=utf-8" : "application/octet-stream");
  }

  @Override
  public void settle() {
    // Each write was settled when it was answered.
  }

  @Override
  public void close() {
    files.close();
  }
}

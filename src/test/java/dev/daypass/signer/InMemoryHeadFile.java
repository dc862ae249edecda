package dev.daypass.signer;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** A head file that remembers every write, and fails when it is told to. */
public final class InMemoryHeadFile implements HeadFile {
  private final List<SignerHead> written = new ArrayList<>();
  private boolean failing;

  public InMemoryHeadFile(String origin) {
    written.add(SignerHead.ofNewLedger(origin));
  }

  /** Makes every further write fail. */
  public void fail() {
    failing = true;
  }

  /** Makes writes work again. */
  public void heal() {
    failing = false;
  }

  @Override
  public SignerHead read() {
    return written.getLast();
  }

  @Override
  public void write(SignerHead head) throws IOException {
    if (failing) {
      throw new IOException("no space left on device");
    }
    written.add(head);
  }

  int writes() {
    return written.size() - 1;
  }
}

package dev.daypass.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Throw-away accounts of this machine, without password or group of their own; closing deletes
 * them. Making accounts takes root.
 */
public final class LocalAccounts implements AutoCloseable {
  private static final int TRIES = 20;

  /** Several builds may share a machine: no two processes make the same names. */
  private final String prefix = "dpt" + ProcessHandle.current().pid() + "-";

  private final List<String> made = new ArrayList<>();

  public LocalAccounts() {
    if (!"root".equals(System.getProperty("user.name"))) {
      throw new AssertionError(
          "this test makes throw-away accounts and starts sshd: run it as root, in a container");
    }
  }

  /** Makes an account and returns its name, which ends in the given one. */
  public String make(String name) throws IOException {
    return make(name, "-M", "-d", "/");
  }

  /** Makes an account with that home, which is made as well. */
  public String make(String name, Path home) throws IOException {
    return make(name, "-m", "-k", "/nonexistent", "-d", home.toString());
  }

  private String make(String name, String... home) throws IOException {
    String account = prefix + name;
    // "*" is no password's hash, but unlike "!" it does not lock the account for sshd.
    Command useradd =
        Command.of(Command.program("useradd"), "-N", "-s", "/bin/sh", "-p", "*")
            .and(home)
            .and(account);
    for (int left = TRIES; ; left--) {
      Command.Result result = useradd.run();
      if (result.succeeded()) {
        made.add(account);
        return account;
      }
      // Another build may hold the lock on /etc/passwd at this moment.
      if (left == 0 || !result.err().contains("cannot lock")) {
        throw new AssertionError("useradd: " + result);
      }
    }
  }

  @Override
  public void close() throws IOException {
    for (String account : made) {
      var _ = Command.of(Command.program("userdel"), "-f", account).run();
    }
  }
}

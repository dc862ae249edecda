package dev.daypass.e2e.browser;

import java.nio.file.Files;
import java.nio.file.Path;

/** The node that Playwright's driver carries, unpacked by the build. */
public final class Node {
  private static final Path DRIVERS = Path.of("target/playwright/driver").toAbsolutePath();

  private Node() {}

  /** Where it lies. */
  public static String program() {
    boolean arm = System.getProperty("os.arch").equals("aarch64");
    Path node = DRIVERS.resolve(arm ? "linux-arm64" : "linux").resolve("node");
    // Unpacking a jar keeps no mode.
    if (!Files.isExecutable(node) && !node.toFile().setExecutable(true)) {
      throw new AssertionError("no node in " + node + ": mvn pre-integration-test unpacks it");
    }
    return node.toString();
  }
}

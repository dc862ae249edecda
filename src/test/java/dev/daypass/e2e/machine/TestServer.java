package dev.daypass.e2e.machine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A stock server with daypass-host installed and an sshd that a test starts. */
public sealed interface TestServer extends AutoCloseable permits HostRoot, DebianRoot {
  /** A folder outside, for what a test hands in. */
  Path folder();

  /** A program in there, as root. */
  Command inside(String... words);

  /** A program on this machine that sees the server's network. */
  Command beside(String... words);

  /** Lets what runs in there reach that port of this machine's loopback. */
  void reach(int port) throws IOException;

  /** Starts sshd on the configuration as it is now, and returns its port. */
  int startSshd() throws IOException;

  /** What the sshd of that port said so far. */
  String log(int port) throws IOException;

  @Override
  void close() throws IOException;

  /** A shell script in there. */
  default Command.Result run(String script, String... words) throws IOException {
    return inside("sh", "-c", script, "sh").and(words).run();
  }

  /** A shell script in there that must end well. */
  default String output(String script, String... words) throws IOException {
    Command.Result result = run(script, words);
    assertThat(result.exit()).as(script + ": " + result).isZero();
    return result.out();
  }

  /** {@code daypass-host} in there. */
  default Command.Result host(String... words) throws IOException {
    return inside("/usr/lib/daypass/daypass-host").and(words).run();
  }

  default void makeAccount(String name) throws IOException {
    output("useradd -m -k /nonexistent -s /bin/sh -p '*' \"$1\"", name);
  }

  default void write(String path, String text) throws IOException {
    String folder = path.substring(0, path.lastIndexOf('/'));
    output("mkdir -p \"$1\" && printf %s \"$3\" >\"$2\"", folder, path, text);
  }

  default String read(String path) throws IOException {
    return output("cat \"$1\"", path);
  }

  /** A login with this machine's OpenSSH client. */
  default Command ssh(int port, Path key, Path certificate) {
    return beside("ssh", "-F", "none")
        .and("-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes")
        .and("-o", "PreferredAuthentications=publickey", "-o", "LogLevel=ERROR")
        .and("-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null")
        .and("-o", "IdentityFile=" + key, "-o", "CertificateFile=" + certificate)
        .and("-p", Integer.toString(port));
  }

  /** The same, but it connects only if the server's host key is that of the file. */
  default Command strictSsh(int port, Path key, Path certificate, Path known, String name) {
    return beside("ssh", "-F", "none")
        .and("-o", "BatchMode=yes", "-o", "IdentitiesOnly=yes", "-o", "LogLevel=ERROR")
        .and("-o", "StrictHostKeyChecking=yes", "-o", "UserKnownHostsFile=" + known)
        .and("-o", "HostKeyAlias=" + name)
        .and("-o", "IdentityFile=" + key, "-o", "CertificateFile=" + certificate)
        .and("-p", Integer.toString(port));
  }

  /** Copies a file of this machine into it. */
  default void copyIn(Path file, String path) throws IOException {
    write(path, Files.readString(file));
  }
}

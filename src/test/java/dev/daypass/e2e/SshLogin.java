package dev.daypass.e2e;

import java.io.IOException;
import java.nio.file.Path;

/** Logins with the stock OpenSSH client, which offers one key and its certificate. */
public record SshLogin(Sshd server, Command ssh) {

  /** With a private key file. */
  public static SshLogin with(Sshd server, Path key, Path certificate) {
    Command ssh =
        Command.of(
            "ssh",
            "-F",
            "none",
            "-o",
            "BatchMode=yes",
            "-o",
            "IdentitiesOnly=yes",
            "-o",
            "PreferredAuthentications=publickey",
            "-o",
            "StrictHostKeyChecking=accept-new",
            "-o",
            "UserKnownHostsFile=" + server.knownHosts(),
            "-o",
            "LogLevel=ERROR",
            "-o",
            "IdentityFile=" + key,
            "-o",
            "CertificateFile=" + certificate,
            "-p",
            Integer.toString(server.port()));
    return new SshLogin(server, ssh);
  }

  /** With a key that an agent holds; the key file is its public half. */
  SshLogin through(SshAgent agent) {
    return new SshLogin(server, ssh.with("SSH_AUTH_SOCK", agent.socket().toString()));
  }

  /** With a terminal, as for a person. */
  SshLogin withTerminal() {
    return new SshLogin(server, ssh.and("-tt"));
  }

  public Command.Result as(String account, String command) throws IOException {
    return ssh.and(account + "@127.0.0.1", command).run();
  }
}

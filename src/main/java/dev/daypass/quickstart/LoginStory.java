package dev.daypass.quickstart;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The engineer's part: a token, a certificate through the helper, a login with plain ssh. */
final class LoginStory {
  private final Story story;
  private final Scene scene;

  LoginStory(Story story, Scene scene) {
    this.story = story;
    this.scene = scene;
  }

  void tell() throws IOException, InterruptedException, QuickstartFailed {
    makeKey();
    saveToken();
    sign();
    logIn();
  }

  private void makeKey() throws IOException, InterruptedException, QuickstartFailed {
    if (Files.notExists(scene.key())) {
      require(
          Programs.run(
              Map.of(),
              List.of(
                  "ssh-keygen",
                  "-q",
                  "-t",
                  "ed25519",
                  "-N",
                  "",
                  "-C",
                  "alice",
                  "-f",
                  scene.key().toString())),
          "ssh-keygen made no key");
    }
  }

  private void saveToken() throws IOException, InterruptedException, QuickstartFailed {
    Files.deleteIfExists(scene.tokenFile());
    Files.createFile(
        scene.tokenFile(),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(scene.tokenFile(), scene.identities().token());
  }

  private void sign() throws IOException, InterruptedException, QuickstartFailed {
    story.step("alice@example.com, in group dba, asks for the role " + Quickstart.ROLE);
    story.command(
        "daypass sign -n "
            + Quickstart.ROLE
            + " --reason 'slow query' --token-file token "
            + "id_ed25519.pub");
    Programs.Result signed =
        Programs.run(
            Map.of("DAYPASS_URL", scene.config().url()),
            List.of(
                scene.helper().toString(),
                "sign",
                "-n",
                Quickstart.ROLE,
                "--reason",
                "slow query",
                "--token-file",
                scene.tokenFile().toString(),
                scene.publicKey().toString()));
    story.output(signed.output());
    require(signed, "the helper got no certificate");
  }

  private void logIn() throws IOException, InterruptedException, QuickstartFailed {
    story.step("Plain ssh opens the server");
    story.command(
        "ssh -i id_ed25519 -p " + scene.sshdPort() + " " + scene.account() + "@127.0.0.1 'id -un'");
    List<String> command =
        Stream.concat(
                scene.ssh().stream(),
                Stream.of("echo \"You are $(id -un), logged in by certificate.\""))
            .toList();
    Programs.Result login = Programs.run(Map.of(), command);
    story.output(login.output());
    require(login, "ssh could not log in; sshd's log is " + scene.state().resolve("sshd/sshd.log"));
    story.step("The certificate is the whole permission");
    story.command("ssh-keygen -L -f id_ed25519-cert.pub");
    Programs.Result listing =
        Programs.run(Map.of(), List.of("ssh-keygen", "-L", "-f", scene.certificate().toString()));
    story.output(withoutProofBytes(listing.output()));
  }

  /** The proof is a kilobyte of hexadecimal digits here; it is told step by step below. */
  private static String withoutProofBytes(String listing) {
    return listing.replaceAll("(UNKNOWN OPTION: )([0-9a-f]{16})[0-9a-f]+", "$1$2…");
  }

  private static void require(Programs.Result result, String otherwise) throws QuickstartFailed {
    if (!result.succeeded()) {
      throw new QuickstartFailed(otherwise + ".", result.output().strip());
    }
  }
}

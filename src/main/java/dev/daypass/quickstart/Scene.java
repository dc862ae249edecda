package dev.daypass.quickstart;

import dev.daypass.config.DaypassConfig;
import java.nio.file.Path;
import java.util.List;

/** Everything that runs while the story is told. */
record Scene(
    Path image,
    Path state,
    DaypassConfig config,
    DevelopmentProvider identities,
    RunningDaemon daemon,
    int sshdPort,
    String account) {

  Path key() {
    return state.resolve("id_ed25519");
  }

  Path publicKey() {
    return state.resolve("id_ed25519.pub");
  }

  Path certificate() {
    return state.resolve("id_ed25519-cert.pub");
  }

  Path tokenFile() {
    return state.resolve("token");
  }

  Path helper() {
    return image.resolve("bin/daypass");
  }

  /** How a client logs in here, ready for a remote command. */
  List<String> ssh() {
    return List.of(
        "ssh",
        "-F",
        "none",
        "-i",
        key().toString(),
        "-o",
        "IdentitiesOnly=yes",
        "-o",
        "UserKnownHostsFile=" + state.resolve("known_hosts"),
        "-o",
        "StrictHostKeyChecking=accept-new",
        "-o",
        "LogLevel=ERROR",
        "-p",
        Integer.toString(sshdPort),
        account + "@127.0.0.1");
  }
}

package dev.daypass.web.api;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Members;
import dev.daypass.web.body.Problem;
import java.util.function.Consumer;

/** What a route answers. */
sealed interface Reply {
  /** Members, as JSON or as lines, whichever was asked for. */
  record Document(int status, Consumer<Members> members) implements Reply {}

  /** A text of one form, such as public keys or a note. */
  record Text(String contentType, Bytes body) implements Reply {
    static final String PLAIN = "text/plain;charset=utf-8";
  }

  /** A problem. */
  record Refused(Problem problem) implements Reply {}
}

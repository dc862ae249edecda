package dev.daypass.web.exchange;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Problem;

/** Shows a problem to people: the page for a browser whose request was refused. */
@FunctionalInterface
public interface ProblemPage {
  Bytes html(Problem problem, String requestId);
}

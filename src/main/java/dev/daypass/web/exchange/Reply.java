package dev.daypass.web.exchange;

import dev.daypass.ssh.Bytes;
import dev.daypass.web.body.Members;
import dev.daypass.web.body.Problem;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.function.Consumer;

/** What a route answers. */
public sealed interface Reply {
  /** Members, as JSON or as lines, whichever was asked for. */
  record Document(int status, Consumer<Members> members) implements Reply {}

  /** A text of one form, such as public keys or a note. */
  record Text(String contentType, Bytes body) implements Reply {
    public static final String PLAIN = "text/plain;charset=utf-8";
  }

  /** A text of one form with another status than 200, which a protocol gives a meaning. */
  record Plain(int status, String contentType, Bytes body) implements Reply {}

  /**
   * Bytes of one version, which may be asked for again on condition (RFC 9110 section 13).
   *
   * @param version the strong entity tag without its quotes
   */
  record Versioned(String contentType, Bytes body, String version) implements Reply {
    public static final String OCTETS = "application/octet-stream";
  }

  /** The asker has that version already (RFC 9110 section 15.4.5). */
  record NotModified(String version) implements Reply {}

  /**
   * Content that its path names, so that it may be kept for ever (RFC 8246).
   *
   * @param shared whether caches may keep it for everybody, and not for the asker alone
   */
  record Immutable(String contentType, Bytes body, boolean shared) implements Reply {}

  /** Content of any length, written as it comes. What fails on the way ends the connection. */
  record Stream(String contentType, Writing writing) implements Reply {}

  /** The same as a file for the browser to keep. */
  record Download(String contentType, String fileName, Writing writing) implements Reply {
    public Download {
      if (!fileName.matches("[A-Za-z0-9._-]{1,100}")) {
        throw new IllegalArgumentException("a plain file name");
      }
    }
  }

  /** Writes the content of a stream. */
  @FunctionalInterface
  interface Writing {
    void writeTo(OutputStream out) throws IOException;
  }

  /** A page for people, and the cookies that come with it. */
  record Page(int status, Bytes html, PageRules rules, List<String> cookies) implements Reply {
    public static final String HTML = "text/html;charset=utf-8";

    public Page {
      cookies = List.copyOf(cookies);
    }

    public Page(int status, Bytes html, PageRules rules) {
      this(status, html, rules, List.of());
    }
  }

  /** Go there with a GET (RFC 9110 section 15.4.4). */
  record SeeOther(String location, List<String> cookies) implements Reply {
    public SeeOther {
      cookies = List.copyOf(cookies);
    }

    public SeeOther(String location) {
      this(location, List.of());
    }

    /** Locations of sign-ins hold values that are nobody else's business. */
    @Override
    public String toString() {
      return "SeeOther";
    }
  }

  /** A problem. */
  record Refused(Problem problem) implements Reply {}
}

package dev.daypass.web.login;

import dev.daypass.login.LoginView;
import dev.daypass.web.body.Members;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** An open login as members of an answer. */
final class LoginMembers {
  private LoginMembers() {}

  /** What the terminal that bound it prints. */
  static Consumer<Members> bound(LoginView login) {
    return out -> {
      out.text("login", login.id().text());
      out.text("username", login.username().text());
      out.text("provider", login.provider());
      out.text("until", seconds(login.until()));
      out.flag("renewable", login.renewable());
    };
  }

  /** One of a list. */
  static Consumer<Members> listed(LoginView login, boolean current) {
    return out -> {
      out.text("login", login.id().text());
      out.text("provider", login.provider());
      out.text("hostname", login.hostname());
      out.text("key", login.key().toString());
      out.text("mode", login.mode().text());
      out.text("address", login.address().toString());
      out.text("opened_at", seconds(login.openedAt()));
      out.text("until", seconds(login.until()));
      out.flag("renewable", login.renewable());
      out.flag("current", current);
    };
  }

  private static String seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}

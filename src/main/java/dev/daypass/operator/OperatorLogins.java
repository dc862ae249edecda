package dev.daypass.operator;

import dev.daypass.ledger.store.StoreFailed;
import dev.daypass.login.Ender;
import dev.daypass.login.LoginDesk;
import dev.daypass.login.LoginId;
import dev.daypass.login.LoginView;
import dev.daypass.login.Logins.OpenLogin;
import dev.daypass.login.outcome.EndOutcome;
import dev.daypass.login.outcome.LoginRefused;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Logins through the operator's door: {@code list-logins} and {@code end-logins}. */
public record OperatorLogins(LoginDesk desk) {
  static final String LIST = "list-logins";
  static final String END = "end-logins";

  private static final int MAX_REASON_CHARS = 500;

  public Map<String, OperatorSocket.Command> commands() {
    return Map.of(LIST, this::list, END, this::end);
  }

  /** {@code list-logins [USER]}: one line for each login. */
  private String list(String operator, List<String> words) {
    try {
      List<OpenLogin> logins = words.isEmpty() ? desk.all() : ofUser(words.getFirst());
      return Stream.concat(
              Stream.of("done " + logins.size()),
              logins.stream().map(OpenLogin::view).map(OperatorLogins::line))
          .collect(Collectors.joining("\n"));
    } catch (StoreFailed _) {
      return "refused logins cannot be read";
    }
  }

  /** {@code end-logins user USER REASON} or {@code end-logins login ID REASON}. */
  private String end(String operator, List<String> words) {
    if (words.size() != 3) {
      return "refused user or login, whose, and a reason";
    }
    if (words.get(2).isBlank() || words.get(2).length() > MAX_REASON_CHARS) {
      return "refused a reason has 1 to 500 characters";
    }
    Ender ender = new Ender.Operator(operator, words.get(2));
    try {
      return switch (words.getFirst()) {
        case "user" -> answer(endUser(words.get(1), ender));
        case "login" ->
            LoginId.parse(words.get(1))
                .map(id -> answer(Optional.of(desk.end(id, ender))))
                .orElse("refused that is no login id");
        default -> "refused user or login";
      };
    } catch (StoreFailed _) {
      return "refused logins cannot be read";
    }
  }

  private Optional<EndOutcome> endUser(String username, Ender ender) throws StoreFailed {
    List<LoginId> ids = ofUser(username).stream().map(login -> login.view().id()).toList();
    return ids.isEmpty() ? Optional.empty() : Optional.of(desk.open().end(ids, ender));
  }

  private List<OpenLogin> ofUser(String username) throws StoreFailed {
    return desk.all().stream()
        .filter(login -> login.view().username().text().equals(username))
        .toList();
  }

  private static String answer(Optional<EndOutcome> outcome) {
    if (outcome.isEmpty()) {
      return "refused nobody of that name is logged in";
    }
    return switch (outcome.get()) {
      case EndOutcome.Ended(int logins, int revoked) -> "done " + logins + " " + revoked;
      case LoginRefused refused -> "refused " + refused.detail();
    };
  }

  private static String line(LoginView login) {
    return OperatorSocket.words(
        List.of(
            login.id().text(),
            login.username().text(),
            login.provider(),
            login.hostname(),
            login.mode().text(),
            login.address().toString(),
            login.key().toString(),
            login.openedAt().toString(),
            login.until().toString()));
  }
}

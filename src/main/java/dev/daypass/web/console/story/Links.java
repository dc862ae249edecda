package dev.daypass.web.console.story;

import dev.daypass.policy.host.HostName;
import dev.daypass.policy.role.RoleName;
import dev.daypass.web.console.view.Part;
import dev.daypass.web.page.Shown;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Names in sentences, and the pages that they lead to. */
public final class Links {
  private Links() {}

  public static Part person(String username) {
    return new Part(
        Shown.harmless(username), "strong", "/console/person?name=" + encoded(username));
  }

  /** What has no page, because its name could be no role's, leads nowhere. */
  public static Part role(String name) {
    return RoleName.parse(name)
        .map(role -> new Part(role.text(), "strong", "/console/roles/" + role.text()))
        .orElseGet(() -> Part.strong(Shown.harmless(name)));
  }

  public static Part server(String name) {
    return HostName.parse(name)
        .map(host -> Part.link(host.text(), "/console/servers/" + host.text()))
        .orElseGet(() -> Part.plain(Shown.harmless(name)));
  }

  public static Part entry(String number) {
    return number.matches("0|[1-9][0-9]{0,17}")
        ? Part.link(number, "/console/entries/" + number)
        : Part.plain(Shown.harmless(number));
  }

  /** A key by its fingerprint, leading to all that was done with it. */
  public static Part key(String fingerprint) {
    return Part.mono(Shown.harmless(fingerprint)).to("/console/?key=" + encoded(fingerprint));
  }

  public static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}

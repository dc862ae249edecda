package dev.daypass.web.page;

import dev.daypass.login.Logins;
import dev.daypass.web.exchange.Endpoint;
import dev.daypass.web.exchange.ProblemPage;
import dev.daypass.web.page.view.Frame;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Every page of a login, and the one that shows problems. */
public final class LoginPages {
  private final PageFiles files;
  private final Frame frame;
  private final SignInPages signIn;
  private final ConsentPages consent;

  /**
   * @param origin the configured public URL
   * @param others whose browsers come back from providers to the same address
   */
  public LoginPages(
      String origin, PageFiles files, Logins logins, InstantSource clock, OtherTrips others) {
    this.files = files;
    this.frame = files.frame(origin);
    BrowserCookie cookie = new BrowserCookie(origin.startsWith("https:"));
    this.signIn = new SignInPages(frame, logins, cookie, others);
    this.consent = new ConsentPages(frame, logins, cookie, clock);
  }

  public List<Endpoint> endpoints() {
    List<Endpoint> endpoints = new ArrayList<>(signIn.endpoints());
    endpoints.addAll(consent.endpoints());
    endpoints.addAll(files.endpoints());
    return endpoints;
  }

  public ProblemPage problems() {
    return new TroublePages(frame);
  }
}

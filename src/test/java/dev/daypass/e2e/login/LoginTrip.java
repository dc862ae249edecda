package dev.daypass.e2e.login;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.PlaywrightException;
import dev.daypass.e2e.provider.LoginProvider;

/** What a person does in the browser, page by page (DESIGN section 4, Login). */
final class LoginTrip {
  private final Page page;
  private final LoginProvider provider;

  LoginTrip(Page page, LoginProvider provider) {
    this.page = page;
    this.provider = provider;
  }

  Page page() {
    return page;
  }

  /** Opens the address that the helper names, and signs in; the consent page is next. */
  LoginTrip signIn(String url, String person) {
    var _ = page.navigate(url);
    provider.signIn(page, person);
    awaitConsent();
    return this;
  }

  LoginTrip allow() {
    answer("allow").click();
    return this;
  }

  LoginTrip refuse() {
    answer("refuse").click();
    return this;
  }

  /** The button that hands the proof to the listener; the listener's page is next. */
  LoginTrip finish() {
    finishButton().click();
    page.waitForURL("http://127.0.0.1:*/");
    return this;
  }

  Locator finishButton() {
    return page.locator("form[action^='http://127.0.0.1:'] button");
  }

  String text() {
    return page.locator("main").innerText();
  }

  private Locator answer(String value) {
    return page.locator("button[name=answer][value=" + value + "]");
  }

  private void awaitConsent() {
    try {
      page.waitForURL("**/consent");
    } catch (PlaywrightException e) {
      throw new AssertionError(page.url() + "\n" + page.locator("body").innerText(), e);
    }
  }
}

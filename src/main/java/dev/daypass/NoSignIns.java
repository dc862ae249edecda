package dev.daypass;

import dev.daypass.identity.Identity;
import dev.daypass.login.provider.RefreshResult;
import dev.daypass.login.provider.RefreshToken;
import dev.daypass.login.provider.SignInProvider;
import dev.daypass.login.provider.SignInProviders;
import dev.daypass.login.provider.SignInRequest;
import dev.daypass.login.provider.SignInResult;
import dev.daypass.login.provider.SignInSecrets;
import dev.daypass.login.provider.SignInTerms;
import java.util.List;
import java.util.Map;

/** No identity provider takes sign-ins. */
record NoSignIns() implements SignInProviders {
  @Override
  public List<SignInProvider> providers() {
    return List.of();
  }

  @Override
  public SignInRequest begin(String provider, SignInSecrets secrets, SignInTerms terms) {
    return new SignInRequest.Unknown();
  }

  @Override
  public SignInResult finish(
      String provider,
      SignInSecrets secrets,
      SignInTerms terms,
      Map<String, List<String>> parameters) {
    return new SignInResult.Unavailable("no identity provider takes sign-ins");
  }

  @Override
  public RefreshResult refresh(String provider, Identity known, RefreshToken token) {
    return new RefreshResult.Unreachable("no identity provider takes sign-ins");
  }
}

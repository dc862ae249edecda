package dev.daypass.metrics;

import dev.daypass.identity.Authentication;
import dev.daypass.identity.TokenAuthenticator;

/** Times the verification of tokens. */
record TimedAuthenticator(TokenAuthenticator tokens, StageTimes stages)
    implements TokenAuthenticator {
  @Override
  public Authentication authenticate(String bearerToken) {
    long start = System.nanoTime();
    Authentication result = tokens.authenticate(bearerToken);
    stages.ended(Stage.IDENTIFY, start);
    return result;
  }
}

package dev.daypass.revocation;

import dev.daypass.identity.Identity;
import dev.daypass.login.Ender;

/** By whose word something is revoked. */
public sealed interface Revoker {
  /** Somebody whose own it is: a lost laptop, a leaked key. */
  record Owner(Identity identity) implements Revoker {}

  /** Somebody with the duty {@code operator}, over the API. */
  record Operator(Identity identity) implements Revoker {}

  /** Who reaches the operator's socket, by the name of the account on the CA's machine. */
  record Local(String account) implements Revoker {}

  /** As it stands in the entry. */
  default String name() {
    return switch (this) {
      case Owner(var identity) -> identity.username().text();
      case Operator(var identity) -> identity.username().text();
      case Local(var account) -> account;
    };
  }

  /** One word for the entry. */
  default String cause() {
    return switch (this) {
      case Owner _ -> "owner";
      case Operator _, Local _ -> "operator";
    };
  }

  /** The same for a login that ends with it. */
  default Ender ender(String why) {
    return switch (this) {
      case Owner(var identity) -> new Ender.Owner(identity.id());
      case Operator _, Local _ -> new Ender.Operator(name(), why);
    };
  }
}

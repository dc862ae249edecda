package dev.daypass.fleet.answer;

/** A server's certificate is not made, or was made and is not released. */
public final class CertificateStopped extends Exception {
  private static final long serialVersionUID = 1;

  private final transient Stop stop;

  public CertificateStopped(Stop stop) {
    super(stop.cause());
    this.stop = stop;
  }

  public Stop stop() {
    return stop;
  }
}

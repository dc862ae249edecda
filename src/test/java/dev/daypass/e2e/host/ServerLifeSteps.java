package dev.daypass.e2e.host;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** The steps of a server's life, in their order. */
final class ServerLifeSteps {
  private record Step(String name, Action action) {}

  private interface Action {
    void on(ServerLife life) throws Exception;
  }

  private static final List<Step> STEPS =
      List.of(
          new Step("joins once an operator approved", ServerLife::joinsOnceAnOperatorApproved),
          new Step("joins by token, once", ServerLife::joinsByTokenOnce),
          new Step("opens what its labels say", ServerLife::opensWhatItsLabelsSay),
          new Step("renews its host certificate", ServerLife::renewsItsHostCertificate),
          new Step("hears of news while it waits", ServerLife::hearsOfNewsWhileItWaits),
          new Step("refuses what is revoked", ServerLife::refusesWhatIsRevoked),
          new Step("ends sessions with certificates", ServerLife::endsWithTheCertificate),
          new Step("alarms of a stolen CA key", ServerLife::alarmsOfAStolenCaKeyInFileMode),
          new Step("alarms of a missing hook", ServerLife::alarmsOfASessionWithoutItsHook),
          new Step("checks proofs in proof mode", ServerLife::checksProofsInProofMode),
          new Step("tells why it refused", ServerLife::tellsWhyItRefused),
          new Step("is revoked itself", ServerLife::isRevokedItself),
          new Step("refuses a revoked CA key", ServerLife::refusesARevokedCaKey),
          new Step("leaves", ServerLife::leaves));

  private ServerLifeSteps() {}

  /** A test each; the first starts the server, the last stops it. */
  static Stream<DynamicTest> of(Callable<ServerLife> start) {
    ServerLife[] life = new ServerLife[1];
    Stream<DynamicTest> first =
        Stream.of(DynamicTest.dynamicTest("starts", () -> life[0] = start.call()));
    Stream<DynamicTest> then =
        STEPS.stream()
            .map(step -> DynamicTest.dynamicTest(step.name(), () -> step.action().on(life[0])));
    Stream<DynamicTest> last = Stream.of(DynamicTest.dynamicTest("stops", () -> life[0].close()));
    return Stream.of(first, then, last).flatMap(tests -> tests);
  }
}

package dev.daypass.reload;

import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SIGHUP, by which daemons are told to read their files again. The JDK has no other way to hear of
 * it than {@code sun.misc.Signal}, in the module {@code jdk.unsupported}; the compiler would warn
 * of each mention, so it is looked up.
 */
public final class Hangup {
  private static final Logger LOG = LoggerFactory.getLogger(Hangup.class);

  private Hangup() {}

  /**
   * Does that at each SIGHUP from now on, on a thread of its own; else it would end the process.
   */
  public static void handle(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              handler.getClassLoader(),
              new Class<?>[] {handler},
              (_, method, _) -> {
                if (method.getName().equals("handle")) {
                  action.run();
                }
                return null; // the one method that is ever called answers nothing
              });
      Object hangup = signal.getConstructor(String.class).newInstance("HUP");
      var _ = signal.getMethod("handle", signal, handler).invoke(null, hangup, proxy);
    } catch (ReflectiveOperationException | IllegalArgumentException e) {
      LOG.warn("SIGHUP is not heard here: use daypassd reload", e);
    }
  }
}

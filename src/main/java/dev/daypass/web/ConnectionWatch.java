package dev.daypass.web;

import dev.daypass.web.quota.AddressGroup;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionMetaData;

/**
 * Closes connections that take part in a slow or greedy attack (RELIABILITY R12): too many of one
 * address, a request head that drips in, a request that is never done. Jetty's idle timeout starts
 * anew with each byte, and its minimum data rate refuses a body whose first byte comes a moment
 * after the head, so neither serves here.
 */
final class ConnectionWatch implements Connection.Listener {
  private final WebLimits limits;
  private final Predicate<InetAddress> uncounted;
  private final LongSupplier nanoTime;
  private final Map<Connection, Progress> open = new ConcurrentHashMap<>();
  private final Map<Long, Integer> perAddress = new ConcurrentHashMap<>();

  /**
   * @param uncounted addresses that speak for many clients, such as trusted proxies
   */
  ConnectionWatch(WebLimits limits, Predicate<InetAddress> uncounted, LongSupplier nanoTime) {
    this.limits = limits;
    this.uncounted = uncounted;
    this.nanoTime = nanoTime;
  }

  @Override
  public void onOpened(Connection connection) {
    if (!(connection instanceof ConnectionMetaData)) {
      return; // the TLS layer below one
    }
    long group = group(connection);
    open.put(connection, new Progress(group, nanoTime.getAsLong()));
    if (group != 0
        && perAddress.merge(group, 1, Integer::sum) > limits.maxConnectionsPerAddress()) {
      connection.getEndPoint().close();
    }
  }

  @Override
  public void onClosed(Connection connection) {
    Progress progress = open.remove(connection);
    if (progress != null && progress.group != 0) {
      perAddress.computeIfPresent(progress.group, (_, n) -> n > 1 ? n - 1 : null);
    }
  }

  /** Looks at each connection once; called about once a second by one thread. */
  void sweep() {
    long now = nanoTime.getAsLong();
    for (Map.Entry<Connection, Progress> each : open.entrySet()) {
      if (each.getValue().overdue(each.getKey(), now)) {
        each.getKey().getEndPoint().close();
      }
    }
  }

  int connections() {
    return open.size();
  }

  int addresses() {
    return perAddress.size();
  }

  /** Zero for addresses that are not counted. */
  private long group(Connection connection) {
    return connection.getEndPoint().getRemoteSocketAddress() instanceof InetSocketAddress remote
            && !uncounted.test(remote.getAddress())
        ? AddressGroup.of(remote.getAddress())
        : 0;
  }

  /** What a connection had done at the last sweep; used by the sweeping thread alone. */
  private final class Progress {
    private final long group;
    private long requests;
    private long bytes;
    private long since;

    Progress(long group, long opened) {
      this.group = group;
      this.since = opened;
    }

    boolean overdue(Connection connection, long now) {
      long begun = connection.getMessagesIn();
      long received = connection.getBytesIn();
      boolean working = begun > connection.getMessagesOut();
      // Between two requests the idle timeout rules; before the first one the head is awaited,
      // which bounds a dripping TLS handshake as well.
      boolean resting = begun > 0 && !working && received == bytes;
      if (begun != requests || resting) {
        requests = begun;
        bytes = received;
        since = now;
        return false;
      }
      long patience =
          working ? limits.requestDeadline().toNanos() : limits.receiveTimeout().toNanos();
      return now - since > patience;
    }
  }
}

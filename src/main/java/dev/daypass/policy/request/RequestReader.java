package dev.daypass.policy.request;

import dev.daypass.policy.Decision;
import dev.daypass.policy.Host;
import dev.daypass.policy.HostName;
import dev.daypass.policy.RefusalCode;
import dev.daypass.policy.RefusalReason;
import dev.daypass.policy.address.IpAddress;
import dev.daypass.ssh.SshPublicKey;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads requests; the directory says which servers are known. */
public final class RequestReader {

  private final Function<HostName, Optional<Host>> directory;

  public RequestReader(Function<HostName, Optional<Host>> directory) {
    this.directory = directory;
  }

  /** Reads every member and reports everything that is wrong, not only the first. */
  public RequestReading read(RawRequest raw, SshPublicKey key, Optional<IpAddress> observed) {
    return new RequestReading.Unreadable(
        new Decision.Refused(
            List.of(
                new RefusalReason(
                    RefusalCode.ROLE_MALFORMED,
                    "Not read: " + raw + key + observed + directory,
                    ""))));
  }
}

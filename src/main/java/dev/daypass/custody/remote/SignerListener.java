package dev.daypass.custody.remote;

import dev.daypass.cert.Certificate;
import dev.daypass.signer.SignedCheckpoint;
import dev.daypass.signer.Signer;
import dev.daypass.signer.SignerRefused;
import dev.daypass.signer.SignerRefused.Reason;
import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import jdk.net.ExtendedSocketOptions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The signer's socket (DESIGN section 3). It serves one user of this machine, whom the kernel
 * names; the socket's mode lets in nobody but the signer's own user and group.
 */
public final class SignerListener implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SignerListener.class);
  private static final int MAX_CONNECTIONS = 64;

  private final ServerSocketChannel channel;
  private final Path socket;
  private final String client;
  private final Signer signer;
  private final Runnable headInDoubt;
  private final Semaphore places = new Semaphore(MAX_CONNECTIONS);
  private final Set<SocketChannel> open = ConcurrentHashMap.newKeySet();

  private SignerListener(
      ServerSocketChannel channel,
      Path socket,
      String client,
      Signer signer,
      Runnable headInDoubt) {
    this.channel = channel;
    this.socket = socket;
    this.client = client;
    this.signer = signer;
    this.headInDoubt = headInDoubt;
  }

  /**
   * Begins to serve. The caller holds the head file, so a socket that lies there was left by a
   * signer that is gone.
   *
   * @param client the one user who is served
   * @param headInDoubt ends the process: only a new start can tell what of the head is durable
   */
  public static SignerListener open(Path socket, String client, Signer signer, Runnable headInDoubt)
      throws IOException {
    Files.deleteIfExists(socket);
    ServerSocketChannel channel = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    try {
      channel.bind(UnixDomainSocketAddress.of(socket));
      Files.setPosixFilePermissions(socket, PosixFilePermissions.fromString("rw-rw----"));
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    SignerListener listener = new SignerListener(channel, socket, client, signer, headInDoubt);
    Thread.ofPlatform().daemon().name("signer").start(listener::listen);
    return listener;
  }

  @Override
  public void close() throws IOException {
    channel.close();
    for (SocketChannel caller : open) {
      caller.close();
    }
    Files.deleteIfExists(socket);
  }

  private void listen() {
    while (channel.isOpen()) {
      try {
        admit(channel.accept());
      } catch (ClosedChannelException _) {
        return;
      } catch (IOException | RuntimeException e) {
        LOG.warn("a connection was not taken", e);
      }
    }
  }

  private void admit(SocketChannel caller) throws IOException {
    String user = caller.getOption(ExtendedSocketOptions.SO_PEERCRED).user().getName();
    if (!user.equals(client)) {
      LOG.warn("user {} is not served", user);
      caller.close();
    } else if (!places.tryAcquire()) {
      LOG.warn("more than {} connections at once", MAX_CONNECTIONS);
      caller.close();
    } else {
      open.add(caller);
      Thread.ofVirtual().name("signer-connection").start(() -> serve(caller));
    }
  }

  private void serve(SocketChannel caller) {
    try (caller;
        DataInputStream in = new DataInputStream(Channels.newInputStream(caller));
        DataOutputStream out = new DataOutputStream(Channels.newOutputStream(caller))) {
      while (true) {
        int length = in.readInt();
        if (length < 1 || length > SignerQuestion.MAX_BYTES) {
          LOG.warn("a question of {} bytes", Integer.toUnsignedString(length));
          return;
        }
        byte[] question = in.readNBytes(length);
        if (question.length < length) {
          return;
        }
        byte[] answer = answer(signer, Bytes.of(question), headInDoubt).toArray();
        byte[] framed = new byte[Integer.BYTES + answer.length];
        ByteBuffer.wrap(framed).putInt(answer.length).put(answer);
        out.write(framed);
      }
    } catch (EOFException | ClosedChannelException _) {
      // The daemon keeps fewer connections now, or either process ends.
    } catch (IOException | RuntimeException e) {
      LOG.warn("a connection broke", e);
    } finally {
      open.remove(caller);
      places.release();
    }
  }

  /** The answer to any bytes whatever. */
  static Bytes answer(Signer signer, Bytes bytes, Runnable headInDoubt) {
    try {
      return answer(signer, SignerQuestion.decode(bytes)).encode();
    } catch (SshFormatException e) {
      LOG.warn("refused what is no question: {}", e.getMessage());
      return new SignerAnswer.Refused(Reason.MALFORMED, "not a question in its one form").encode();
    } catch (SignerRefused e) {
      LOG.warn("refused: {}", e.getMessage());
      if (e.reason() == Reason.HEAD_NOT_DURABLE) {
        headInDoubt.run();
      }
      return new SignerAnswer.Refused(e.reason(), e.detail()).encode();
    }
  }

  private static SignerAnswer answer(Signer signer, SignerQuestion question) throws SignerRefused {
    return switch (question) {
      case SignerQuestion.Hello _ -> new SignerAnswer.Hello(signer.keys(), signer.head());
      case SignerQuestion.SignCheckpoint(var checkpoint, var fromHead, var key) -> {
        SignedCheckpoint signed = signer.signCheckpoint(checkpoint, fromHead, key);
        Bytes raw = Bytes.of(signed.note().signatures().getFirst().blob().toArray());
        yield new SignerAnswer.Checkpoint(raw, signed.sshSig());
      }
      case SignerQuestion.SignCertificate(var content, var entry, var inclusion) -> {
        Certificate certificate = signer.signCertificate(content, entry, inclusion);
        yield new SignerAnswer.Certificate(certificate.signature());
      }
    };
  }
}

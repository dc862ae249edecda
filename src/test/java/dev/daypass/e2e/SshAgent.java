package dev.daypass.e2e;

import dev.daypass.ssh.Bytes;
import dev.daypass.ssh.SshFormatException;
import dev.daypass.ssh.WireReader;
import dev.daypass.ssh.WireWriter;
import dev.daypass.ssh.signature.SigningException;
import dev.daypass.ssh.signature.SshSigner;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An ssh-agent (RFC 9987) that holds one key, so that {@code ssh} and {@code ssh-keygen} as they
 * are sign with a security key that exists in software only. Each connection has its own thread.
 */
final class SshAgent implements AutoCloseable {
  // RFC 9987 section 5.1.
  private static final int FAILURE = 5;
  private static final int REQUEST_IDENTITIES = 11;
  private static final int IDENTITIES_ANSWER = 12;
  private static final int SIGN_REQUEST = 13;
  private static final int SIGN_RESPONSE = 14;

  private final SshSigner key;
  private final Path socket;
  private final ServerSocketChannel listener;

  private SshAgent(SshSigner key, Path socket, ServerSocketChannel listener) {
    this.key = key;
    this.socket = socket;
    this.listener = listener;
  }

  static SshAgent holding(SshSigner key, Path folder) throws IOException {
    Path socket = folder.resolve("agent");
    ServerSocketChannel listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
    listener.bind(UnixDomainSocketAddress.of(socket));
    SshAgent agent = new SshAgent(key, socket, listener);
    Thread.ofPlatform().daemon().name("ssh-agent").start(agent::listen);
    return agent;
  }

  Path socket() {
    return socket;
  }

  @Override
  public void close() throws IOException {
    listener.close();
    Files.deleteIfExists(socket);
  }

  private void listen() {
    try {
      while (true) {
        SocketChannel client = listener.accept();
        Thread.ofPlatform().daemon().start(() -> serve(client));
      }
    } catch (ClosedChannelException _) {
      // The test is over.
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(SocketChannel client) {
    try (client;
        DataInputStream in = new DataInputStream(Channels.newInputStream(client));
        OutputStream out = Channels.newOutputStream(client)) {
      while (true) {
        byte[] message = in.readNBytes(in.readInt());
        out.write(new WireWriter().string(answer(Bytes.of(message))).toBytes().toArray());
        out.flush();
      }
    } catch (EOFException _) {
      // The client has all it wanted.
    } catch (IOException | SshFormatException | SigningException e) {
      throw new AssertionError(e);
    }
  }

  /** Sections 4.4 and 4.6; anything else, such as session-bind, is not known here. */
  private Bytes answer(Bytes message) throws SshFormatException, SigningException {
    WireReader reader = WireReader.of(message);
    return switch (reader.uint8()) {
      case REQUEST_IDENTITIES ->
          new WireWriter()
              .uint8(IDENTITIES_ANSWER)
              .uint32(1)
              .string(key.publicKey().blob())
              .text("in software")
              .toBytes();
      case SIGN_REQUEST -> {
        if (!reader.string().equals(key.publicKey().blob())) {
          yield new WireWriter().uint8(FAILURE).toBytes();
        }
        Bytes signature = key.sign(reader.string()).encode();
        yield new WireWriter().uint8(SIGN_RESPONSE).string(signature).toBytes();
      }
      default -> new WireWriter().uint8(FAILURE).toBytes();
    };
  }
}

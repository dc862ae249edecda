package dev.daypass.web;

import java.nio.ByteBuffer;
import java.util.Objects;
import org.eclipse.jetty.http.HttpCompliance;
import org.eclipse.jetty.http.HttpException;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.http.HttpVersion;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.jspecify.annotations.Nullable;

/**
 * Makes connections that take a request line in its one form (RFC 9112 section 3, CASES 66). Jetty
 * is lenient there under every compliance mode: it skips spaces, and reads {@code http:/path} as
 * the path. A proxy in front may read either as another request.
 */
final class StrictHttpFactory extends HttpConnectionFactory {
  StrictHttpFactory(HttpConfiguration configuration) {
    super(configuration);
  }

  @Override
  public Connection newConnection(Connector connector, EndPoint endPoint) {
    return configure(
        new StrictConnection(getHttpConfiguration(), connector, endPoint), connector, endPoint);
  }

  private static final class StrictConnection extends HttpConnection {
    /** Set while the superclass is constructed, so it must have no initializer here. */
    private HttpConnection.@Nullable RequestHandler handler;

    StrictConnection(HttpConfiguration configuration, Connector connector, EndPoint endPoint) {
      super(configuration, connector, endPoint);
    }

    @Override
    protected HttpConnection.RequestHandler newRequestHandler() {
      HttpConnection.RequestHandler made = super.newRequestHandler();
      handler = made;
      return made;
    }

    @Override
    protected HttpParser newHttpParser(HttpCompliance compliance) {
      HttpConfiguration configuration = getHttpConfiguration();
      HttpParser parser =
          new StrictParser(
              Objects.requireNonNull(handler), configuration.getRequestHeaderSize(), compliance);
      parser.setHeaderCacheSize(configuration.getHeaderCacheSize());
      parser.setHeaderCacheCaseSensitive(configuration.isHeaderCacheCaseSensitive());
      return parser;
    }

    /** RFC 9112 section 3.2: a path, or an absolute URI, which has an authority. */
    @Override
    protected HttpStreamOverHTTP1 newHttpStream(
        String method, @Nullable String uri, HttpVersion version) {
      if (uri != null
          && !uri.startsWith("/")
          && !uri.startsWith("http://")
          && !uri.startsWith("https://")) {
        throw new HttpException.RuntimeException(
            HttpStatus.BAD_REQUEST_400, "the target is neither a path nor a URI");
      }
      return super.newHttpStream(method, uri, version);
    }
  }

  /** Sees the bytes before Jetty's parser has made them smooth. For one connection's thread. */
  private static final class StrictParser extends HttpParser {
    private boolean inRequestLine;
    private boolean afterSpace;

    StrictParser(HttpParser.RequestHandler handler, int maxHeaderBytes, HttpCompliance compliance) {
      super(handler, maxHeaderBytes, compliance);
    }

    @Override
    public boolean parseNext(ByteBuffer buffer) {
      if (isStart()) {
        inRequestLine = true;
        // A line does not begin with a space either.
        afterSpace = true;
      }
      if (inRequestLine && !isPlain(buffer)) {
        BufferUtil.clear(buffer);
        badMessage(
            new HttpException.RuntimeException(
                HttpStatus.BAD_REQUEST_400, "the request line has more spaces than two"));
        return false;
      }
      return super.parseNext(buffer);
    }

    /** Looks on to the end of the line or the buffer, which the parser then takes up to there. */
    private boolean isPlain(ByteBuffer buffer) {
      for (int i = buffer.position(); i < buffer.limit(); i++) {
        byte b = buffer.get(i);
        if (b == ' ' && afterSpace) {
          return false;
        }
        if (b == '\n' && !afterSpace) {
          inRequestLine = false;
          return true;
        }
        // Empty lines before a request are to be ignored (RFC 9112 section 2.2).
        afterSpace = b == ' ' || (afterSpace && (b == '\r' || b == '\n'));
      }
      return true;
    }
  }
}

package dev.daypass.cli.terminal;

import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.LayoutBase;
import dev.daypass.config.yaml.Printable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One diagnostic as one line of JSON (RFC 8259). Control, bidi and other format characters are
 * escaped, so that nothing in a line can forge another or hide a part of it (RELIABILITY,
 * "Diagnostics logs").
 */
public final class DiagnosticsLayout extends LayoutBase<ILoggingEvent> {
  private static final int MAX_FRAMES = 12;
  private static final int MAX_CAUSES = 5;

  @Override
  public String doLayout(ILoggingEvent event) {
    StringBuilder line = new StringBuilder(256);
    line.append("{\"at\":").append(quoted(event.getInstant().toString()));
    line.append(",\"level\":").append(quoted(event.getLevel().toString()));
    line.append(",\"logger\":").append(quoted(event.getLoggerName()));
    line.append(",\"thread\":").append(quoted(event.getThreadName()));
    String request = event.getMDCPropertyMap().get("request");
    if (request != null) {
      line.append(",\"request\":").append(quoted(request));
    }
    line.append(",\"message\":").append(quoted(event.getFormattedMessage()));
    List<String> failure = failure(event.getThrowableProxy());
    if (!failure.isEmpty()) {
      line.append(",\"failure\":[")
          .append(String.join(",", failure.stream().map(DiagnosticsLayout::quoted).toList()))
          .append(']');
    }
    return line.append("}\n").toString();
  }

  private static List<String> failure(@Nullable IThrowableProxy thrown) {
    List<String> lines = new ArrayList<>();
    IThrowableProxy cause = thrown;
    for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
      lines.add(cause.getClassName() + ": " + cause.getMessage());
      StackTraceElementProxy[] frames = cause.getStackTraceElementProxyArray();
      for (int i = 0; i < Math.min(frames.length, MAX_FRAMES); i++) {
        lines.add(frames[i].getSTEAsString());
      }
      cause = cause.getCause();
    }
    return lines;
  }

  private static String quoted(@Nullable String text) {
    StringBuilder json = new StringBuilder("\"");
    String.valueOf(text)
        .codePoints()
        .forEach(c -> {
          String one = Character.toString(c);
          if (c == '"' || c == '\\') {
            json.append('\\').append(one);
          } else if (Printable.isPlain(one)) {
            json.append(one);
          } else {
            one.chars().forEach(unit -> json.append(String.format("\\u%04x", unit)));
          }
        });
    return json.append('"').toString();
  }
}

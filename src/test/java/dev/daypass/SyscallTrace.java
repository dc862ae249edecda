package dev.daypass;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code strace -f -y -x -o FILE} wrote down. A call that others interrupt stands on two
 * lines, {@code <unfinished ...>} and {@code <... resumed>}: the first is where it began, the
 * second where it was over. The order of the lines is the order in which the kernel reported.
 */
record SyscallTrace(List<Call> calls) {
  private static final Pattern LINE =
      Pattern.compile("(\\d+) +(?:(\\w+)\\((.*)|<\\.\\.\\. (\\w+) resumed>(.*))");
  private static final Pattern DESCRIPTOR = Pattern.compile("\\d+<([^>]*)>");
  private static final Pattern RESULT = Pattern.compile(".*\\) += (-?\\d+)(?:<[^>]*>)?(?: .*)?");
  private static final String UNFINISHED = " <unfinished ...>";

  SyscallTrace {
    calls = List.copyOf(calls);
  }

  /**
   * A call of the kernel.
   *
   * @param thread the thread that made it
   * @param path what its first argument, a descriptor, stands for
   * @param data the strings among its arguments, as far as they were written down, one character a
   *     byte
   * @param rest the arguments behind the last string, or behind the descriptor if there is none, as
   *     they were written down
   * @param result what it returned; -1 if it failed, or never returned
   * @param began the line on which it began
   * @param ended the line on which it was over
   */
  record Call(
      long thread,
      String name,
      String path,
      String data,
      String rest,
      long result,
      int began,
      int ended) {
    boolean isSync() {
      return name.equals("fsync") || name.equals("fdatasync");
    }
  }

  private record Begun(String name, String arguments, int line) {}

  static SyscallTrace read(Path file) throws IOException {
    List<Call> calls = new ArrayList<>();
    Map<Long, Begun> unfinished = new HashMap<>();
    int number = 0;
    for (String line : Files.readAllLines(file, StandardCharsets.ISO_8859_1)) {
      number++;
      Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        continue; // a signal, or the end of a thread
      }
      long thread = Long.parseLong(matcher.group(1));
      if (matcher.group(4) != null) {
        Begun begun = unfinished.remove(thread);
        if (begun != null) {
          calls.add(call(thread, begun, begun.arguments() + matcher.group(5), number));
        }
      } else if (matcher.group(3).endsWith(UNFINISHED)) {
        String arguments = matcher.group(3).replace(UNFINISHED, "");
        unfinished.put(thread, new Begun(matcher.group(2), arguments, number));
      } else {
        calls.add(call(thread, new Begun(matcher.group(2), "", number), matcher.group(3), number));
      }
    }
    return new SyscallTrace(calls);
  }

  private static Call call(long thread, Begun begun, String arguments, int ended) {
    Matcher descriptor = DESCRIPTOR.matcher(arguments);
    Matcher result = RESULT.matcher(arguments);
    return new Call(
        thread,
        begun.name(),
        descriptor.lookingAt() ? descriptor.group(1) : "",
        strings(arguments),
        rest(arguments),
        result.matches() ? Long.parseLong(result.group(1)) : -1,
        begun.line(),
        ended);
  }

  private static String rest(String arguments) {
    int from = Math.max(arguments.lastIndexOf('"'), arguments.indexOf('>')) + 1;
    int to = arguments.lastIndexOf(") ");
    return from <= to ? arguments.substring(from, to) : "";
  }

  private static String strings(String arguments) {
    ByteArrayOutputStream data = new ByteArrayOutputStream();
    int quote = arguments.indexOf('"');
    while (quote >= 0) {
      int end = quote + 1;
      while (end < arguments.length() && arguments.charAt(end) != '"') {
        end += arguments.charAt(end) == '\\' ? 2 : 1;
      }
      if (end >= arguments.length()) {
        return data.toString(
            StandardCharsets.ISO_8859_1); // the process died while it was written down
      }
      unescape(arguments.substring(quote + 1, end), data);
      quote = arguments.indexOf('"', end + 1);
    }
    return data.toString(StandardCharsets.ISO_8859_1);
  }

  /** The escapes of C that strace writes: letters, octal, and {@code \xHH}. */
  private static void unescape(String text, ByteArrayOutputStream out) {
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '\\') {
        out.write(c);
        continue;
      }
      char kind = text.charAt(at++);
      Optional<Integer> letter = letter(kind);
      if (letter.isPresent()) {
        out.write(letter.get());
      } else if (kind == 'x') {
        out.write(Integer.parseInt(text, at, at + 2, 16));
        at += 2;
      } else {
        int end = at;
        while (end < text.length() && end < at + 2 && Character.digit(text.charAt(end), 8) >= 0) {
          end++;
        }
        out.write(Integer.parseInt(text, at - 1, end, 8));
        at = end;
      }
    }
  }

  private static Optional<Integer> letter(char kind) {
    return switch (kind) {
      case 'n' -> Optional.of((int) '\n');
      case 'r' -> Optional.of((int) '\r');
      case 't' -> Optional.of((int) '\t');
      case 'f' -> Optional.of((int) '\f');
      case 'v' -> Optional.of(0x0b);
      case '"', '\\' -> Optional.of((int) kind);
      default -> Optional.empty();
    };
  }
}

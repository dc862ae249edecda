package dev.daypass;

import dev.daypass.SyscallTrace.Call;
import dev.daypass.tlog.SignedNote;
import dev.daypass.tlog.TlogFormatException;
import dev.daypass.volume.Volume;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What a traced daemon did to the files of its store and to its head, in the order in which the
 * kernel did it, and what it handed out meanwhile. It is replayed on a {@link Volume}, as far as
 * the line of the trace at which a crash is to happen.
 *
 * <p>A change counts from the line on which it was over, as one that was not may be lost anyway. An
 * answer counts from the line on which it began: its client may have all of it by then.
 *
 * <p>The store's {@code -shm} is left out: SQLite maps it, never syncs it, and makes it anew after
 * a crash. So is the lock, which has no content.
 */
final class RecordedRun {
  /** Of those that change files, the last line's are not expected: one is an error. */
  static final Set<String> CALLS =
      Set.of(
          "openat",
          "pwrite64",
          "ftruncate",
          "unlink",
          "fsync",
          "fdatasync", // understood
          "write",
          "writev",
          "sendto",
          "sendmsg", // answers
          "pwritev",
          "pwritev2",
          "fallocate",
          "truncate",
          "unlinkat",
          "sync_file_range");

  private static final Set<String> RENAMES = Set.of("rename", "renameat", "renameat2");
  private static final String END_OF_HEADERS = "\r\n\r\n";

  private final Path store;
  private final Path head;
  private final NavigableMap<Integer, Consumer<Volume>> steps = new TreeMap<>();
  private final NavigableMap<Integer, String> answers = new TreeMap<>();
  private final List<Integer> wideWrites = new ArrayList<>();

  private RecordedRun(Path store, Path head) {
    this.store = store;
    this.head = head;
  }

  static RecordedRun of(SyscallTrace trace, Path store, Path head) {
    RecordedRun run = new RecordedRun(store, head);
    trace.calls().forEach(run::note);
    return run;
  }

  /** What strace is told to write down. */
  static String calls() {
    return String.join(",", CALLS) + "," + String.join(",", RENAMES);
  }

  /** Every line on which something changed, was synced or was handed out. */
  List<Integer> lines() {
    List<Integer> lines = new ArrayList<>(steps.keySet());
    lines.addAll(answers.keySet());
    return lines.stream().sorted().toList();
  }

  /** The lines on which a certificate or a checkpoint began to be handed out. */
  List<Integer> answerLines() {
    return List.copyOf(answers.keySet());
  }

  /** The lines on which a write of a whole page was over. */
  List<Integer> wideWrites() {
    return List.copyOf(wideWrites);
  }

  /** What clients may have received up to this line, which included. */
  Observed handedOut(int line) {
    Observed handedOut = new Observed();
    for (String answer : answers.headMap(line, true).values()) {
      String body = answer.substring(answer.indexOf(END_OF_HEADERS) + END_OF_HEADERS.length());
      if (answer.startsWith("HTTP/1.1 201")) {
        new CaAnswer(201, Map.of("content-type", "application/json"), body)
            .certificate()
            .ifPresent(handedOut::released);
      } else {
        handedOut.seen(checkpoint(body));
      }
    }
    return handedOut;
  }

  /** A replay that begins with these files. */
  Replay replay(Map<Path, byte[]> files) {
    return new Replay(new Volume(files));
  }

  /** A volume on which the run happens again. */
  final class Replay {
    private final Volume volume;
    private int done;

    private Replay(Volume volume) {
      this.volume = volume;
    }

    /** As far as this line, which included. */
    Volume upTo(int line) {
      steps.subMap(done, false, line, true).values().forEach(step -> step.accept(volume));
      done = Math.max(done, line);
      return volume;
    }

    Volume toTheEnd() {
      return upTo(Integer.MAX_VALUE);
    }
  }

  private void note(Call call) {
    if (call.path().startsWith("socket:")) {
      if (isHandingOut(call.data())) {
        answers.put(call.began(), call.data());
      }
    } else if (call.isSync()) {
      noteSync(call);
    } else if (call.result() >= 0) {
      noteChange(call);
    }
  }

  private static boolean isHandingOut(String answer) {
    return answer.startsWith("HTTP/1.1 201")
        || (answer.startsWith("HTTP/1.1 200")
            && answer.contains(END_OF_HEADERS + CaFiles.ORIGIN + "\n"));
  }

  private void noteSync(Call call) {
    Path path = Path.of(call.path());
    if (call.result() != 0 || !(covers(path) || isFolder(path))) {
      return;
    }
    Map<Volume, Long> before = new HashMap<>();
    Consumer<Volume> begin = volume -> before.put(volume, volume.changes());
    Consumer<Volume> end = volume -> volume.sync(path, before.getOrDefault(volume, 0L));
    steps.merge(call.began(), begin, Consumer::andThen);
    steps.merge(call.ended(), end, Consumer::andThen);
  }

  private void noteChange(Call call) {
    boolean byName = Set.of("openat", "unlink", "unlinkat", "truncate").contains(call.name());
    Path path = Path.of(byName || RENAMES.contains(call.name()) ? call.data() : call.path());
    if (RENAMES.contains(call.name()) ? call.data().contains(store.toString()) : covers(path)) {
      step(call, path);
    }
  }

  private void step(Call call, Path path) {
    byte[] data = call.data().getBytes(StandardCharsets.ISO_8859_1);
    switch (call.name()) {
      case "openat" -> {
        if (call.rest().contains("O_TRUNC")) {
          throw new AssertionError("the model does not open to overwrite: " + path);
        }
        if (call.rest().contains("O_CREAT")) {
          put(call, volume -> volume.create(path));
        }
      }
      case "pwrite64" -> {
        if (data.length != call.result()) {
          throw new AssertionError("the trace shows too little of a write to " + path);
        }
        long offset = lastArgument(call);
        put(call, volume -> volume.write(path, offset, data));
        if (data.length > 512) {
          wideWrites.add(call.ended());
        }
      }
      case "ftruncate" -> put(call, volume -> volume.truncate(path, lastArgument(call)));
      case "unlink" -> put(call, volume -> volume.remove(path));
      default -> throw new AssertionError("the model knows no " + call.name() + " of " + path);
    }
  }

  private void put(Call call, Consumer<Volume> step) {
    steps.merge(call.ended(), step, Consumer::andThen);
  }

  private static long lastArgument(Call call) {
    return Long.parseLong(call.rest().substring(call.rest().lastIndexOf(' ') + 1));
  }

  private boolean covers(Path path) {
    String name = path.toString();
    return path.equals(head)
        || (name.startsWith(store.toString()) && !name.endsWith("-shm") && !name.endsWith(".lock"));
  }

  private boolean isFolder(Path path) {
    return path.equals(store.getParent()) || path.equals(head.getParent());
  }

  private static SignedNote checkpoint(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.ISO_8859_1);
    try {
      return SignedNote.parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (TlogFormatException e) {
      throw new AssertionError("not a checkpoint: " + body, e);
    }
  }
}

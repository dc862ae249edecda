package dev.daypass;

import dev.daypass.SyscallTrace.Call;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads from a trace which certificates were durable before the first byte of their answer (DESIGN
 * section 6, Order): the ledger's commit was synced, then the signer's head that covers the
 * certificate was written and synced, both with success, and only then did the answer begin.
 */
final class SyncOrder {
  private static final Pattern SERIAL = Pattern.compile("\"serial\":\"([0-9]+)\"");

  /** In a slot of the head file: 8 bytes magic and 8 bytes counter, then the tree's size. */
  private static final int SIZE_AT = 16;

  private final String walPath;
  private final String headPath;

  /** By thread: whether the last thing it did to the write-ahead log was a good sync. */
  private final Map<Long, Boolean> walSynced = new HashMap<>();

  /** By thread: the size in a head that it wrote after a synced commit, and has not synced yet. */
  private final Map<Long, Long> written = new HashMap<>();

  private final List<Durable> durable = new ArrayList<>();
  private final List<Call> answers = new ArrayList<>();

  private SyncOrder(Path store, Path head) {
    this.walPath = store + "-wal";
    this.headPath = head.toString();
  }

  /** From the line {@code from} on, both syncs for a tree of that size were over. */
  private record Durable(long size, int from) {}

  /**
   * What became of the answers.
   *
   * @param inOrder serials whose two syncs preceded their answer
   * @param tooEarly serials whose syncs did not
   */
  record Verdict(List<Long> inOrder, List<Long> tooEarly) {}

  static Verdict of(SyscallTrace trace, Path store, Path head) {
    SyncOrder order = new SyncOrder(store, head);
    trace.calls().forEach(order::note);
    return order.verdict();
  }

  private void note(Call call) {
    if (call.path().equals(walPath)) {
      walSynced.put(call.thread(), call.isSync() && call.result() == 0);
    } else if (call.path().equals(headPath)) {
      noteHead(call);
    } else if (call.path().startsWith("socket:") && call.data().startsWith("HTTP/1.1 201")) {
      answers.add(call);
    }
  }

  private void noteHead(Call call) {
    if (!call.isSync()) {
      written.remove(call.thread());
      // The signer runs on the sequencer's thread: the commit before it is the same thread's.
      if (walSynced.getOrDefault(call.thread(), false) && call.data().length() > SIZE_AT + 8) {
        written.put(call.thread(), size(call.data()));
      }
    } else if (call.result() == 0 && written.containsKey(call.thread())) {
      durable.add(new Durable(written.remove(call.thread()), call.ended()));
    }
  }

  private Verdict verdict() {
    List<Long> inOrder = new ArrayList<>();
    List<Long> tooEarly = new ArrayList<>();
    for (Call answer : answers) {
      long serial = serial(answer);
      boolean was =
          durable.stream().anyMatch(then -> then.size() > serial && then.from() < answer.began());
      (was ? inOrder : tooEarly).add(serial);
    }
    return new Verdict(inOrder, tooEarly);
  }

  private static long size(String slot) {
    return ByteBuffer.wrap(slot.getBytes(StandardCharsets.ISO_8859_1)).getLong(SIZE_AT);
  }

  private static long serial(Call answer) {
    Matcher serial = SERIAL.matcher(answer.data());
    if (!serial.find()) {
      throw new AssertionError("the trace shows too little of an answer: " + answer.data());
    }
    return Long.parseLong(serial.group(1));
  }
}

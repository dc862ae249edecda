package dev.daypass.custody.token;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * The functions of a PKCS#11 module that signing needs (PKCS#11 v2.40 base specification, section
 * 5), on 64-bit Linux: CK_ULONG has 8 bytes, structures are aligned as C does it.
 */
final class Cryptoki {
  private static final long CKR_OK = 0;

  /** Places in CK_FUNCTION_LIST, whose pointers follow a CK_VERSION that is padded to 8 bytes. */
  private enum Function {
    C_INITIALIZE(0, 1),
    C_FINALIZE(1, 1),
    C_GET_SLOT_LIST(4, 3),
    C_GET_TOKEN_INFO(6, 2),
    C_OPEN_SESSION(12, 5),
    C_CLOSE_SESSION(13, 1),
    C_LOGIN(18, 4),
    C_FIND_OBJECTS_INIT(26, 3),
    C_FIND_OBJECTS(27, 4),
    C_FIND_OBJECTS_FINAL(28, 1),
    C_SIGN_INIT(42, 3),
    C_SIGN(43, 5);

    private final int place;
    private final int words;

    Function(int place, int words) {
      this.place = place;
      this.words = words;
    }
  }

  private static final int PLACES = 68;

  private final Map<Function, MethodHandle> functions = new EnumMap<>(Function.class);

  private Cryptoki() {}

  /** Loads a module; it stays loaded until the process ends. */
  @SuppressWarnings("restricted") // Declared exactly as in pkcs11t.h and pkcs11f.h.
  static Cryptoki load(Path module) throws TokenFailed {
    Linker linker = Linker.nativeLinker();
    AddressLayout list =
        ADDRESS.withTargetLayout(MemoryLayout.sequenceLayout(1 + PLACES, JAVA_LONG));
    try (Arena arena = Arena.ofConfined()) {
      MethodHandle getList =
          linker.downcallHandle(
              SymbolLookup.libraryLookup(module, Arena.global()).findOrThrow("C_GetFunctionList"),
              FunctionDescriptor.of(JAVA_LONG, ADDRESS));
      MemorySegment place = arena.allocate(ADDRESS);
      long value = (long) getList.invokeExact(place);
      if (value != CKR_OK) {
        throw new TokenFailed("C_GetFunctionList", value);
      }
      MemorySegment pointers = place.get(list, 0);
      Cryptoki cryptoki = new Cryptoki();
      for (Function function : Function.values()) {
        MemoryLayout[] words = new MemoryLayout[function.words];
        Arrays.fill(words, JAVA_LONG);
        cryptoki.functions.put(
            function,
            linker
                .downcallHandle(
                    MemorySegment.ofAddress(pointers.getAtIndex(JAVA_LONG, 1 + function.place)),
                    FunctionDescriptor.of(JAVA_LONG, words))
                .asSpreader(long[].class, function.words));
      }
      return cryptoki;
    } catch (TokenFailed e) {
      throw e;
    } catch (Throwable e) {
      throw failed(module + " is no PKCS#11 module", e);
    }
  }

  /** Section 5.4; with locks of the operating system, as several threads will call. */
  void initialize() throws TokenFailed {
    long osLockingOk = 2;
    long alreadyInitialized = 0x191;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment arguments = arena.allocate(6 * JAVA_LONG.byteSize(), 8);
      arguments.setAtIndex(JAVA_LONG, 4, osLockingOk);
      long value = value(Function.C_INITIALIZE, arguments.address());
      if (value != CKR_OK && value != alreadyInitialized) {
        throw new TokenFailed("C_Initialize", value);
      }
    }
  }

  /** Section 5.4; no other call may be under way. */
  void finish() {
    try {
      var _ = value(Function.C_FINALIZE, 0);
    } catch (TokenFailed _) {
      // It is initialized anew in any case.
    }
  }

  /** The slot of the token with that label (sections 3.2 and 5.5). */
  long slot(String token) throws TokenFailed {
    int most = 256;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment slots = arena.allocate(JAVA_LONG, most);
      MemorySegment count = arena.allocate(JAVA_LONG);
      count.set(JAVA_LONG, 0, most);
      long present = 1;
      call(Function.C_GET_SLOT_LIST, present, slots.address(), count.address());
      for (int i = 0; i < Math.min(most, count.get(JAVA_LONG, 0)); i++) {
        long slot = slots.getAtIndex(JAVA_LONG, i);
        MemorySegment info = arena.allocate(512, 8);
        // A token that was pulled meanwhile is not the one.
        if (value(Function.C_GET_TOKEN_INFO, slot, info.address()) == CKR_OK
            && label(info).equals(token)) {
          return slot;
        }
      }
    }
    throw new TokenFailed("no token is called " + token);
  }

  /** Section 5.6. */
  long openSession(long slot) throws TokenFailed {
    long serialSession = 4;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment session = arena.allocate(JAVA_LONG);
      call(Function.C_OPEN_SESSION, slot, serialSession, 0, 0, session.address());
      return session.get(JAVA_LONG, 0);
    }
  }

  void closeSession(long session) {
    try {
      var _ = value(Function.C_CLOSE_SESSION, session);
    } catch (TokenFailed _) {
      // It is gone in any case.
    }
  }

  /** As the normal user; one login counts for all sessions with the token (section 5.6). */
  void login(long session, byte[] pin) throws TokenFailed {
    long user = 1;
    long alreadyLoggedIn = 0x100;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment text = arena.allocateFrom(JAVA_BYTE, pin);
      long value = value(Function.C_LOGIN, session, user, text.address(), pin.length);
      text.fill((byte) 0);
      if (value != CKR_OK && value != alreadyLoggedIn) {
        throw new TokenFailed("C_Login", value);
      }
    }
  }

  /** The one private key of that label (section 5.7). */
  long privateKey(long session, String label) throws TokenFailed {
    long attributeClass = 0;
    long attributeLabel = 3;
    long classPrivateKey = 3;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment kind = arena.allocateFrom(JAVA_LONG, classPrivateKey);
      byte[] utf8 = label.getBytes(StandardCharsets.UTF_8);
      MemorySegment name = arena.allocateFrom(JAVA_BYTE, utf8);
      MemorySegment template =
          arena.allocateFrom(
              JAVA_LONG,
              attributeClass,
              kind.address(),
              JAVA_LONG.byteSize(),
              attributeLabel,
              name.address(),
              utf8.length);
      MemorySegment found = arena.allocate(JAVA_LONG, 2);
      MemorySegment count = arena.allocate(JAVA_LONG);
      call(Function.C_FIND_OBJECTS_INIT, session, template.address(), 2);
      call(Function.C_FIND_OBJECTS, session, found.address(), 2, count.address());
      call(Function.C_FIND_OBJECTS_FINAL, session);
      if (count.get(JAVA_LONG, 0) != 1) {
        throw new TokenFailed("not exactly one private key of the token is called " + label);
      }
      return found.get(JAVA_LONG, 0);
    }
  }

  /** Section 5.11, by a mechanism without parameters. */
  byte[] sign(long session, long key, long mechanism, byte[] input) throws TokenFailed {
    int most = 4096;
    try (Arena arena = Arena.ofConfined()) {
      MemorySegment ckMechanism = arena.allocateFrom(JAVA_LONG, mechanism, 0, 0);
      MemorySegment message = arena.allocateFrom(JAVA_BYTE, input);
      MemorySegment signature = arena.allocate(most);
      MemorySegment length = arena.allocateFrom(JAVA_LONG, most);
      call(Function.C_SIGN_INIT, session, ckMechanism.address(), key);
      call(
          Function.C_SIGN,
          session,
          message.address(),
          input.length,
          signature.address(),
          length.address());
      long written = length.get(JAVA_LONG, 0);
      if (written < 1 || written > most) {
        throw new TokenFailed("a signature of " + written + " bytes");
      }
      return signature.asSlice(0, written).toArray(JAVA_BYTE);
    }
  }

  private void call(Function function, long... words) throws TokenFailed {
    long value = value(function, words);
    if (value != CKR_OK) {
      throw new TokenFailed(function.name(), value);
    }
  }

  private long value(Function function, long... words) throws TokenFailed {
    try {
      return (long) Objects.requireNonNull(functions.get(function)).invokeExact(words);
    } catch (Throwable e) {
      throw failed(function.name(), e);
    }
  }

  /** CK_TOKEN_INFO begins with the label: 32 bytes of UTF-8, padded with blanks. */
  private static String label(MemorySegment info) {
    byte[] label = info.asSlice(0, 32).toArray(JAVA_BYTE);
    return new String(label, StandardCharsets.UTF_8).stripTrailing();
  }

  private static TokenFailed failed(String what, Throwable cause) {
    TokenFailed failed = new TokenFailed(what);
    failed.initCause(cause);
    return failed;
  }
}

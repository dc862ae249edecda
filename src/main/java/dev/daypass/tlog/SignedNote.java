package dev.daypass.tlog;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Text with the signatures of one or more keys: C2SP signed-note. */
public record SignedNote(String text, List<NoteSignature> signatures) {
  /** Verifiers must accept 16; each may be a post-quantum signature of 5 kB. */
  static final int MAX_SIGNATURES = 64;

  static final int MAX_CHARACTERS = 1 << 20;

  public SignedNote {
    signatures = List.copyOf(signatures);
    if (!isText(text)) {
      throw new IllegalArgumentException("note text ends with LF and has no control characters");
    }
    if (signatures.isEmpty() || signatures.size() > MAX_SIGNATURES) {
      throw new IllegalArgumentException("a note has 1 to 64 signatures");
    }
  }

  /** As {@link #parse}, from bytes that must be UTF-8. */
  public static SignedNote decode(byte[] utf8) throws TlogFormatException {
    return parse(StrictText.utf8(utf8));
  }

  /** C2SP signed-note, section Format. Says nothing about who signed. */
  public static SignedNote parse(String note) throws TlogFormatException {
    if (note.length() > MAX_CHARACTERS) {
      throw new TlogFormatException("note too long", MAX_CHARACTERS);
    }
    StrictText.requireNoteCharacters(note);
    // The last empty line ends the text; the text itself may hold empty lines.
    int textEnd = note.lastIndexOf("\n\n") + 1;
    if (textEnd == 0) {
      throw new TlogFormatException("no empty line before signatures", note.length());
    }
    Lines lines = new Lines(note.substring(textEnd + 1));
    List<NoteSignature> signatures = new ArrayList<>();
    try {
      do {
        String line = lines.line();
        if (signatures.size() == MAX_SIGNATURES) {
          throw new TlogFormatException("too many signatures", lines.start());
        }
        signatures.add(NoteSignature.parse(line, lines.start()));
      } while (!lines.atEnd());
    } catch (TlogFormatException e) {
      throw e.within(textEnd + 1);
    }
    return new SignedNote(note.substring(0, textEnd), signatures);
  }

  public String encode() {
    StringBuilder note = new StringBuilder(text).append('\n');
    signatures.forEach(signature -> note.append(signature.line()));
    return note.toString();
  }

  /** The same text with one more signature. */
  public SignedNote with(NoteSignature signature) {
    List<NoteSignature> more = new ArrayList<>(signatures);
    more.add(signature);
    return new SignedNote(text, more);
  }

  /**
   * Which of the known keys signed this note (C2SP signed-note, section Signatures). Signatures of
   * other keys are ignored. None if a known key's signature is bad: such a note is to be rejected,
   * as is one that no known key signed.
   */
  public Set<NoteKey> signers(Set<NoteKey> known) {
    Set<NoteKey> signers = new LinkedHashSet<>();
    for (NoteKey key : known) {
      if (key.verifies(this)) {
        signers.add(key);
      } else if (signatures.stream().anyMatch(key::isNamedBy)) {
        return Set.of();
      }
    }
    return signers;
  }

  private static boolean isText(String text) {
    try {
      StrictText.requireNoteCharacters(text);
    } catch (TlogFormatException _) {
      return false;
    }
    return text.endsWith("\n");
  }
}

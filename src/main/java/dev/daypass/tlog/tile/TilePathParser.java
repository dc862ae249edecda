package dev.daypass.tlog.tile;

import dev.daypass.tlog.TlogFormatException;

/** The grammar of tile paths: C2SP tlog-tiles, sections Merkle Tree and Log entries. */
final class TilePathParser {
  static final String TILE = "tile/";
  static final String ENTRIES = "entries";
  static final String PARTIAL = ".p/";
  static final int MAX_LEVEL = 63;

  // With it the last hash of a tile still has an index below 2^63.
  private static final long MAX_INDEX = (Long.MAX_VALUE >> TilePath.HEIGHT) - 1;
  private static final int DIGITS = 3;
  private static final int RADIX = 1000;

  private final String path;
  private int at;

  TilePathParser(String path) {
    this.path = path;
  }

  TilePath parse() throws TlogFormatException {
    if (!path.startsWith(TILE)) {
      throw fault("not a tile path");
    }
    at = TILE.length();
    String kind = upTo('/');
    boolean entries = kind.equals(ENTRIES);
    int level = entries ? 0 : decimal(kind, MAX_LEVEL);
    at += kind.length() + 1;
    long index = index();
    int width = width();
    return entries ? new TilePath.Entries(index, width) : new TilePath.Hashes(level, index, width);
  }

  /** Groups of three digits, all but the last with an x: {@code x001/x234/067}. */
  static String encodeIndex(long index) {
    StringBuilder groups = new StringBuilder("%03d".formatted(index % RADIX));
    for (long rest = index / RADIX; rest > 0; rest /= RADIX) {
      groups.insert(0, "x%03d/".formatted(rest % RADIX));
    }
    return groups.toString();
  }

  static void requireTile(long index, int width) {
    if (index < 0 || index > MAX_INDEX) {
      throw new IllegalArgumentException("no tile index " + index);
    }
    if (width < 1 || width > TilePath.FULL_WIDTH) {
      throw new IllegalArgumentException("no tile width " + width);
    }
  }

  private long index() throws TlogFormatException {
    int start = at;
    long index = 0;
    boolean more = true;
    while (more) {
      more = at < path.length() && path.charAt(at) == 'x';
      at += more ? 1 : 0;
      index = index * RADIX + group();
      if (index > MAX_INDEX) {
        throw new TlogFormatException("tile index out of range", start);
      }
      if (more) {
        if (index == 0) {
          throw new TlogFormatException("tile index with leading zeroes", start);
        }
        expectSlash();
      }
    }
    return index;
  }

  private int group() throws TlogFormatException {
    int group = 0;
    for (int i = 0; i < DIGITS; i++, at++) {
      if (at >= path.length() || !isDigit(path.charAt(at))) {
        throw fault("tile index needs groups of three digits");
      }
      group = group * 10 + path.charAt(at) - '0';
    }
    return group;
  }

  private int width() throws TlogFormatException {
    if (at == path.length()) {
      return TilePath.FULL_WIDTH;
    }
    if (!path.startsWith(PARTIAL, at)) {
      throw fault("text after the tile index");
    }
    at += PARTIAL.length();
    int width = decimal(path.substring(at), TilePath.FULL_WIDTH - 1);
    if (width == 0) {
      throw fault("empty tile");
    }
    return width;
  }

  private String upTo(char end) throws TlogFormatException {
    int index = path.indexOf(end, at);
    if (index < 0) {
      throw fault("tile path ends early");
    }
    return path.substring(at, index);
  }

  private int decimal(String digits, int max) throws TlogFormatException {
    boolean canonical =
        !digits.isEmpty()
            && digits.length() <= DIGITS
            && digits.chars().allMatch(c -> isDigit((char) c))
            && (digits.length() == 1 || digits.charAt(0) != '0');
    if (!canonical || Integer.parseInt(digits) > max) {
      throw fault("number not between 0 and " + max);
    }
    return Integer.parseInt(digits);
  }

  private void expectSlash() throws TlogFormatException {
    if (at >= path.length() || path.charAt(at) != '/') {
      throw fault("no slash after a group of the tile index");
    }
    at++;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private TlogFormatException fault(String reason) {
    return new TlogFormatException(reason, at);
  }
}

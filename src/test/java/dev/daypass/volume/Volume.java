package dev.daypass.volume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Files as processes see them, and as a crash may leave them.
 *
 * <ul>
 *   <li>A write or a change of length is certain once its file was synced after it; {@code
 *       fdatasync} does as much as {@code fsync}, the length included. Until then each may be there
 *       or not, whatever became of those before and after it; a gap that is left reads as zeros.
 *   <li>A sync covers the changes that were over when it began, and is good once it was over.
 *   <li>A name that was made or removed is certain once its folder was synced after it; a sync of
 *       the file does nothing for its name. Until then some first part of what was done to that
 *       name may have happened: a file may be gone, or back. Names do not depend on each other.
 *   <li>A sector of {@value #SECTOR_BYTES} bytes is written whole or not at all. A torn write is
 *       one of which some sectors were written.
 *   <li>What is synced stays. Nothing is renamed here.
 * </ul>
 */
public final class Volume {
  static final int SECTOR_BYTES = 512;

  /** The files whose names are certain. */
  private final Map<Path, VolumeFile> certain = new HashMap<>();

  /** What happened to names since, in order. */
  private final List<Naming> unsynced = new ArrayList<>();

  private long changes;

  /** At a moment when all this was certain. */
  public Volume(Map<Path, byte[]> content) {
    content.forEach((name, bytes) -> certain.put(name, new VolumeFile(bytes)));
  }

  /** From then on the name stood for this file, or for none. */
  private record Naming(long number, Path name, Optional<VolumeFile> file) {}

  /** How many changes were made so far: {@link #sync} is told so when it began. */
  public long changes() {
    return changes;
  }

  /** Opens a file that is to be made if it is not there. */
  public void create(Path name) {
    if (find(name).isEmpty()) {
      unsynced.add(new Naming(changes++, name, Optional.of(new VolumeFile(new byte[0]))));
    }
  }

  public void remove(Path name) {
    var _ = file(name);
    unsynced.add(new Naming(changes++, name, Optional.empty()));
  }

  public void write(Path name, long offset, byte[] bytes) {
    file(name).change(Change.write(changes++, offset, bytes));
  }

  /** Makes the file shorter, or longer by zeros. */
  public void truncate(Path name, long length) {
    file(name).change(Change.truncate(changes++, length));
  }

  /**
   * A sync of a file, or of a folder, was over.
   *
   * @param before the number of {@link #changes} when it began
   */
  public void sync(Path name, long before) {
    find(name).ifPresent(file -> file.sync(before));
    for (Naming naming : List.copyOf(unsynced)) {
      if (name.equals(naming.name().getParent()) && naming.number() < before) {
        name(certain, naming);
        unsynced.remove(naming);
      }
    }
  }

  /** Whether there is an unsynced write of more than one sector. */
  public boolean canTear() {
    return files().stream()
        .flatMap(file -> file.unsynced().stream())
        .anyMatch(change -> change.sectors() > 1);
  }

  /** Every file as processes see it. */
  public SortedMap<Path, byte[]> seen() {
    Map<Path, VolumeFile> names = new HashMap<>(certain);
    unsynced.forEach(naming -> name(names, naming));
    SortedMap<Path, byte[]> content = new TreeMap<>();
    names.forEach((name, file) -> content.put(name, file.after(Loss.nothing())));
    return content;
  }

  /** Every file as it may be found after a crash at this moment. */
  public SortedMap<Path, byte[]> afterCrash(Loss loss) {
    loss.chooseTorn(files().stream().flatMap(file -> file.unsynced().stream()).toList());
    Map<Path, VolumeFile> names = new HashMap<>(certain);
    Set<Path> stuck = new LinkedHashSet<>();
    for (Naming naming : unsynced) {
      // Once one of a name's changes is lost, so are the later ones.
      if (!stuck.contains(naming.name()) && loss.keeps()) {
        name(names, naming);
      } else {
        stuck.add(naming.name());
      }
    }
    SortedMap<Path, byte[]> content = new TreeMap<>();
    names.entrySet().stream()
        .sorted(Comparator.comparing(Map.Entry::getKey))
        .forEach(named -> content.put(named.getKey(), named.getValue().after(loss)));
    return content;
  }

  private static void name(Map<Path, VolumeFile> names, Naming naming) {
    naming
        .file()
        .ifPresentOrElse(file -> names.put(naming.name(), file), () -> names.remove(naming.name()));
  }

  private Set<VolumeFile> files() {
    Set<VolumeFile> files = new LinkedHashSet<>();
    certain.keySet().stream().sorted().forEach(name -> files.add(certain.get(name)));
    unsynced.forEach(naming -> naming.file().ifPresent(files::add));
    return files;
  }

  private VolumeFile file(Path name) {
    return find(name).orElseThrow(() -> new IllegalArgumentException("there is no " + name));
  }

  private Optional<VolumeFile> find(Path name) {
    return unsynced.reversed().stream()
        .filter(naming -> naming.name().equals(name))
        .findFirst()
        .map(Naming::file)
        .orElseGet(() -> Optional.ofNullable(certain.get(name)));
  }
}

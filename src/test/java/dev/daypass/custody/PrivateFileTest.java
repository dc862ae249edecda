package dev.daypass.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Root can give a file away; anybody else can only ask as if another had asked. */
final class PrivateFileTest {
  private static final int ROOT = 0;
  private static final int NOBODY = 65_534;

  @TempDir private Path folder;
  private Path file;

  /** Never root's. */
  private int owner;

  @BeforeEach
  void create() throws IOException {
    file = folder.resolve("secret");
    PrivateFile.create(file, "secret".getBytes(StandardCharsets.UTF_8));
    if (isRoot()) {
      Files.setAttribute(file, "unix:uid", NOBODY);
      Files.setAttribute(file, "unix:gid", NOBODY);
    }
    owner = uid(file);
    assertThat(owner).isNotEqualTo(ROOT);
  }

  @Test
  void takesTheFileOfItsOwnUser() {
    assertThatCode(() -> PrivateFile.requirePrivate(file, owner)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 1})
  void refusesTheFileOfAnotherUser(int distance) {
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.requirePrivate(file, owner + distance))
        .withMessageContaining(file + " belongs to ")
        .withMessageContaining("chown it to this user");
  }

  @Test
  void refusesTheFileOfAnotherUserEvenToRoot() {
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.requirePrivate(file, ROOT))
        .withMessageContaining(" belongs to ");
  }

  @Test
  void refusesTheFolderOfAnotherUser() throws IOException {
    Path inner = folder.resolve("inner");
    PrivateFile.createFolder(inner);
    if (isRoot()) {
      Files.setAttribute(inner, "unix:uid", NOBODY);
    }
    assertThatCode(() -> PrivateFile.requirePrivate(inner, owner)).doesNotThrowAnyException();
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.requirePrivate(inner, owner + 1))
        .withMessageContaining(" belongs to ");
  }

  @Test
  void asksForTheUserOfThisProcess() {
    boolean refused = isRoot();
    Optional<String> message = refusal(file);
    assertThat(message.isPresent()).as("given away by root: %s", message).isEqualTo(refused);
  }

  /** So systemd shows a credential to a service, by an access list. */
  @Test
  void letsTheGroupRootReadWhatIsRoots() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--r-----"));
    if (isRoot()) {
      Files.setAttribute(file, "unix:uid", ROOT);
      assertThat(refusal(file)).as("another group").isPresent();
      Files.setAttribute(file, "unix:gid", ROOT);
      assertThat(refusal(file)).isEmpty();
      Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("r--rw----"));
    }
    assertThat(refusal(file)).as("no more than that").isPresent();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"rw-r-----", "rw--w----", "rwx--x---", "rw----r--", "rw-----w-", "rwx-----x"})
  void refusesWhatOthersMayUse(String mode) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.requirePrivate(file, owner))
        .withMessage(file + " is open to others (" + mode + "); run chmod go= " + file);
  }

  @Test
  void saysFirstWhoseItIs() throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw-rw-"));
    assertThatIOException()
        .as("chmod would not be allowed")
        .isThrownBy(() -> PrivateFile.requirePrivate(file, owner + 1))
        .withMessageContaining(" belongs to ");
  }

  @Test
  void refusesALinkWhoeverMadeIt() throws IOException {
    Path link = Files.createSymbolicLink(folder.resolve("link"), file);
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.requirePrivate(link, owner))
        .withMessage(link + " is a symbolic link; name the file itself");
  }

  @Test
  void refusesWhatIsNotThere() {
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.requirePrivate(folder.resolve("absent"), owner))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void makesFoldersForTheirOwnerAlone() throws IOException {
    Path inner = folder.resolve("outer").resolve("inner");
    PrivateFile.createFolder(inner);
    for (Path made : new Path[] {inner, folder.resolve("outer")}) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(made)))
          .isEqualTo("rwx------");
    }
  }

  @Test
  void makesNoFileWhereThereIsOne() throws IOException {
    assertThatIOException()
        .isThrownBy(() -> PrivateFile.createReadable(file, "other"))
        .isInstanceOf(FileAlreadyExistsException.class);
    assertThat(Files.readString(file)).isEqualTo("secret");
  }

  private static Optional<String> refusal(Path path) {
    try {
      PrivateFile.requirePrivate(path);
      return Optional.empty();
    } catch (IOException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private static boolean isRoot() {
    return processUid() == ROOT;
  }

  private static int processUid() {
    try {
      return uid(Path.of("/proc/self").toRealPath());
    } catch (IOException e) {
      throw new AssertionError("needs /proc", e);
    }
  }

  private static int uid(Path path) throws IOException {
    return (int) Files.getAttribute(path, "unix:uid");
  }
}

package dev.daypass.e2e.helper;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.e2e.Command;
import dev.daypass.e2e.helper.DaypassScript.Shell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The login key in a security key. No hardware is here: a program named {@code ssh-keygen} stands
 * for it, which signs by a plain key where the real one would wait for a touch, and notes each
 * call.
 */
final class HelperFidoIT {
  @TempDir Path folder;

  private LoginCa ca;
  private Laptop laptop;
  private Path calls;

  @BeforeEach
  void start() throws IOException {
    ca = new LoginCa();
    calls = folder.resolve("calls");
    Path bin = Files.createDirectory(folder.resolve("bin"));
    Path program = bin.resolve("ssh-keygen");
    Files.writeString(
        program,
        """
        #!/bin/sh
        printf '%%s\\n' "$*" >>%1$s
        for word; do
          shift
          case $word in
            */key-sk) file=$word word=$word.plain ;;
            */key-sk.pub) word=${word%%.pub}.plain.pub ;;
            ed25519-sk) word=ed25519 made=yes ;;
            application=ssh:) word=application=none ;;
          esac
          set -- "$@" "$word"
        done
        if [ -n "${made:-}" ]; then
          %2$s -q -t ed25519 -N '' -f "$file.plain"
          echo handle >"$file"
          echo 'sk-ssh-ed25519@openssh.com AAAA comment' >"$file.pub"
        else
          exec %2$s "$@"
        fi
        """
            .formatted(calls, Command.program("ssh-keygen")));
    Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    laptop = new Laptop(folder.resolve("home"), Shell.DASH, ca).finding(bin);
    Command.Result init = laptop.typed("dumb", "init", "--fido", "--yes", ca.url());
    assertThat(init.exit()).as(init.toString()).isZero();
    assertThat(init.out()).contains("Touch your security key, to make the login key.\r\n");
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    ca.close();
  }

  @Test
  void isMadeForSshAndNeverWithoutATouch() throws Exception {
    assertThat(Files.readAllLines(calls))
        .filteredOn(call -> call.contains("-t ed25519-sk"))
        .singleElement()
        .asString()
        .contains("-O application=ssh:")
        .doesNotContain("no-touch-required");
    assertThat(laptop.daypassFile("config"))
        .content()
        .contains("/key-sk\"\n")
        .doesNotContain("IdentityAgent");
  }

  @Test
  void oneTouchRenews() throws Exception {
    Files.delete(calls);
    Command.Result renewed = laptop.atTerminal("ensure", "prod");
    assertThat(renewed).isEqualTo(new Command.Result(0, "Touch your security key.\r\n", ""));
    assertThat(signatures()).hasSize(1);
    assertThat(laptop.daypass("ensure", "prod").run()).isEqualTo(new Command.Result(0, "", ""));
    assertThat(signatures()).hasSize(1);
  }

  @Test
  void whereNobodySeesItNoneIsAskedFor() throws Exception {
    Files.delete(calls);
    for (List<String> words :
        List.of(List.of("ensure", "prod"), List.of("request", "prod"), List.of("history"))) {
      Command.Result result = laptop.daypass(words.toArray(String[]::new)).run();
      assertThat(result.exit()).as(result.toString()).isEqualTo(3);
      assertThat(result.err()).contains("touch of your security key");
    }
    assertThat(laptop.daypass("status").run().out()).contains("in a security key\n");
    assertThat(calls).content().doesNotContain("-Y sign");
  }

  private List<String> signatures() throws IOException {
    return Files.readAllLines(calls).stream().filter(call -> call.contains("-Y sign")).toList();
  }
}

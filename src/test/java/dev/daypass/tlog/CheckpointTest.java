package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CheckpointTest {
  // The example of C2SP tlog-checkpoint.
  private static final String ROOT = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n";
  private static final String TEXT = "example.com/behind-the-sofa\n20852163\n" + ROOT;

  @Test
  void readsAndWritesTheExampleOfTheDocument() throws TlogFormatException {
    Checkpoint checkpoint = Checkpoint.parse(TEXT);
    assertThat(checkpoint.origin()).isEqualTo("example.com/behind-the-sofa");
    assertThat(checkpoint.size()).isEqualTo(new TreeSize(20852163));
    assertThat(checkpoint.root().base64() + "\n").isEqualTo(ROOT);
    assertThat(checkpoint.text()).isEqualTo(TEXT);
  }

  @Test
  void takesTheSmallestAndTheLargestSize() throws TlogFormatException {
    assertThat(Checkpoint.parse("o\n0\n" + ROOT).size()).isEqualTo(TreeSize.ZERO);
    assertThat(Checkpoint.parse("o\n9223372036854775807\n" + ROOT).size())
        .isEqualTo(new TreeSize(Long.MAX_VALUE));
  }

  @Test
  void takesAnOriginThatIsNoUrl() throws TlogFormatException {
    assertThat(Checkpoint.parse("go.sum database tree\n1\n" + ROOT).origin())
        .isEqualTo("go.sum database tree");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\n1\n" + ROOT,
        "o\n\n" + ROOT,
        "o\n01\n" + ROOT,
        "o\n00\n" + ROOT,
        "o\n+1\n" + ROOT,
        "o\n-1\n" + ROOT,
        "o\n 1\n" + ROOT,
        "o\n1 \n" + ROOT,
        "o\n0x1\n" + ROOT,
        "o\n\u0661\n" + ROOT,
        "o\n9223372036854775808\n" + ROOT,
        "o\n18446744073709551617\n" + ROOT,
        "o\n1\n",
        "o\n1\nAAAA\n",
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=",
        "o\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n",
        "o\r\n1\n" + ROOT,
        "o\n1\n" + ROOT + "\n",
        "o\n1\n" + ROOT + "extension\n",
      })
  void refuses(String text) {
    assertThatThrownBy(() -> Checkpoint.parse(text)).isInstanceOf(TlogFormatException.class);
  }

  @Test
  void saysWhereItIsMalformed() {
    TlogFormatException fault =
        catchThrowableOfType(
            TlogFormatException.class, () -> Checkpoint.parse("origin\n01\n" + ROOT));
    assertThat(fault).hasMessage("number with a leading zero at offset 7");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a\n1\nb", "a\tb", "a\ud800"})
  void refusesToHoldAnOriginThatIsNotOneLine(String origin) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Checkpoint(origin, TreeSize.ZERO, Hash.EMPTY_ROOT));
  }
}

package dev.daypass.ledger.json;

import static org.assertj.core.api.Assertions.assertThat;

import dev.daypass.ssh.Bytes;
import org.junit.jupiter.api.Test;

class JsonObjectTest {
  @Test
  void readsTheStringsOfAnArrayAndNothingElse() throws JsonFormatException {
    JsonObject object =
        CanonicalJson.decodeObject(
            Bytes.ofUtf8(
                "{\"empty\":[],\"mixed\":[\"b\",1,\"a\",[\"c\"]],\"text\":\"a\",\"twice\":[\"x\",\"x\"]}"));
    assertThat(object.texts("mixed")).containsExactly("b", "a");
    assertThat(object.texts("twice")).containsExactly("x", "x");
    assertThat(object.texts("empty")).isEmpty();
    assertThat(object.texts("text")).isEmpty();
    assertThat(object.texts("absent")).isEmpty();
  }
}

package dev.daypass.tlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The good and bad proofs of transparency-dev/merkle, testdata/. */
class PublishedProofTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  static Stream<Probe> inclusions() {
    return probes("transparency_dev_inclusion.jsonl");
  }

  static Stream<Probe> consistencies() {
    // The one difference: there no proof from the empty tree is any good, while C2SP tlog-witness
    // has every tree follow from it, by an empty proof.
    return probes("transparency_dev_consistency.jsonl")
        .filter(probe -> !probe.toString().endsWith("/size1-is-zero-and-size2-is-not-zero.json"));
  }

  @ParameterizedTest
  @MethodSource("inclusions")
  void judgesInclusionAsPublished(Probe probe) {
    assertThat(accepts(() -> verifiesInclusion(probe.json()))).isEqualTo(!probe.wantErr());
  }

  @ParameterizedTest
  @MethodSource("consistencies")
  void judgesConsistencyAsPublished(Probe probe) {
    assertThat(accepts(() -> verifiesConsistency(probe.json()))).isEqualTo(!probe.wantErr());
  }

  private static boolean verifiesInclusion(JsonNode probe) {
    EntryNumber index = new EntryNumber(number(probe, "leafIdx"));
    TreeSize size = new TreeSize(number(probe, "treeSize"));
    return new InclusionProof(index, size, proof(probe))
        .verifies(hash(probe.get("leafHash")), root(probe, "root"));
  }

  private static boolean verifiesConsistency(JsonNode probe) {
    TreeSize from = new TreeSize(number(probe, "size1"));
    TreeSize to = new TreeSize(number(probe, "size2"));
    return new ConsistencyProof(from, to, proof(probe))
        .verifies(root(probe, "root1"), root(probe, "root2"));
  }

  // Sizes and hashes that our types cannot hold are refused before any proof is looked at.
  private static boolean accepts(Verification verification) {
    try {
      return verification.verifies();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static long number(JsonNode probe, String name) {
    return Long.parseLong(probe.get(name).asString());
  }

  private static List<Hash> proof(JsonNode probe) {
    JsonNode proof = probe.get("proof");
    return proof.isNull() ? List.of() : proof.valueStream().map(PublishedProofTest::hash).toList();
  }

  private static Hash hash(JsonNode base64) {
    return Hash.of(Base64.getDecoder().decode(base64.asString("")));
  }

  // Some roots are words of fewer bytes: another value of 32 bytes stands in for such a one.
  private static Hash root(JsonNode probe, String name) {
    byte[] bytes = Base64.getDecoder().decode(probe.get(name).asString(""));
    return bytes.length == Hash.SIZE ? Hash.of(bytes) : Hash.leaf(bytes);
  }

  private static Stream<Probe> probes(String file) {
    return Fixtures.text(file).lines().map(JSON::readTree).map(Probe::new);
  }

  @FunctionalInterface
  private interface Verification {
    boolean verifies();
  }

  record Probe(JsonNode json) {
    boolean wantErr() {
      return json.get("wantErr").asBoolean();
    }

    @Override
    public String toString() {
      return json.get("file").asString();
    }
  }
}

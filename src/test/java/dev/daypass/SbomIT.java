package dev.daypass;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bill of materials beside the daemon (CycloneDX) names what is there, and nothing else. Maven
 * does not write it with {@code -o}.
 */
final class SbomIT {
  private static final Path IMAGE = Path.of("target/daypass");

  /** The runtime's own, which says so, and one half of a choice. */
  private static final Set<String> FIT =
      Set.of("GPL-2.0-with-classpath-exception", "LGPL-2.1-only");

  private final JsonNode components =
      JsonMapper.shared().readTree(IMAGE.resolve("share/bom.json").toFile()).path("components");

  @Test
  void namesEachLibraryOfTheDaemon() throws IOException {
    Set<String> named = components.valueStream().map(SbomIT::fileName).collect(Collectors.toSet());
    try (Stream<Path> files = Files.list(IMAGE.resolve("lib"))) {
      assertThat(named)
          .containsExactlyInAnyOrderElementsOf(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> name.endsWith(".jar") && !name.equals("daypass.jar"))
                  .toList());
    }
  }

  @Test
  void eachHasAHashAndALicenceThatFits() {
    assertThat(components.valueStream())
        .isNotEmpty()
        .allSatisfy(component -> {
          assertThat(component.path("hashes").valueStream()).isNotEmpty();
          List<String> licences = licences(component);
          assertThat(licences).as(component.toString()).isNotEmpty();
          assertThat(licences)
              .anyMatch(licence -> !licence.contains("GPL") || FIT.contains(licence));
        });
  }

  private static List<String> licences(JsonNode component) {
    return component
        .path("licenses")
        .valueStream()
        .map(each ->
            each.has("expression")
                ? each.path("expression").asString()
                : each.path("license").path("id").asString(name(each)))
        .toList();
  }

  private static String name(JsonNode licence) {
    return licence.path("license").path("name").asString();
  }

  /** As Maven names the file of an artifact, with the classifier that its purl carries. */
  private static String fileName(JsonNode component) {
    String purl = component.path("purl").asString();
    int classifier = purl.indexOf("classifier=");
    String suffix = classifier < 0 ? "" : "-" + purl.substring(classifier).split("[=&]", -1)[1];
    return component.path("name").asString()
        + "-"
        + component.path("version").asString()
        + suffix
        + ".jar";
  }
}

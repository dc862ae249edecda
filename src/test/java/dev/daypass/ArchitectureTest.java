package dev.daypass;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The design's rings, arrows and fences, held by ArchUnit. */
final class ArchitectureTest {
  private static final String HOME = "dev.daypass";
  private static final Path SOURCES = Path.of("src/main/java");
  private static final int MAX_LINES = 350;

  static final String[] FORMATS = below("ssh", "cert", "krl", "tlog");
  static final String[] DOMAIN = below("identity", "policy", "signer");
  static final String[] USE_CASES =
      below("ledger", "login", "issuance", "revocation", "fleet", "outward");
  static final String[] ADAPTERS =
      below("config", "store", "oidc", "custody", "web", "export", "metrics");
  static final String[] ROOT = root();

  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(HOME);

  @Test
  void arrowsPointInwardOnly() {
    layeredArchitecture()
        .consideringOnlyDependenciesInAnyPackage(HOME + "..")
        .withOptionalLayers(true)
        .layer("formats")
        .definedBy(FORMATS)
        .layer("domain")
        .definedBy(DOMAIN)
        .layer("use cases")
        .definedBy(USE_CASES)
        .layer("adapters")
        .definedBy(ADAPTERS)
        .layer("root")
        .definedBy(ROOT)
        .whereLayer("root")
        .mayNotBeAccessedByAnyLayer()
        .whereLayer("adapters")
        .mayOnlyBeAccessedByLayers("root")
        .whereLayer("use cases")
        .mayOnlyBeAccessedByLayers("adapters", "root")
        .whereLayer("domain")
        .mayOnlyBeAccessedByLayers("use cases", "adapters", "root")
        .check(MAIN);
  }

  @Test
  void everyClassStandsInARing() {
    String[] rings =
        Stream.of(FORMATS, DOMAIN, USE_CASES, ADAPTERS, ROOT)
            .flatMap(Stream::of)
            .toArray(String[]::new);
    classes().should().resideInAnyPackage(rings).check(MAIN);
  }

  @Test
  void packagesFormNoCycle() {
    slices().matching(HOME + ".(*)..").should().beFreeOfCycles().check(MAIN);
  }

  @TestFactory
  Stream<DynamicTest> adaptersDoNotImportEachOther() {
    return Stream.of(ADAPTERS)
        .map(adapter ->
            DynamicTest.dynamicTest(
                adapter,
                () ->
                    noClasses()
                        .that()
                        .resideInAPackage(adapter)
                        .should()
                        .dependOnClassesThat()
                        .resideInAnyPackage(
                            Stream.of(ADAPTERS)
                                .filter(other -> !other.equals(adapter))
                                .toArray(String[]::new))
                        .allowEmptyShould(true)
                        .check(MAIN)));
  }

  @Test
  void wireFormatsKnowNoneOfTheRest() {
    fence(below("ssh"), HOME + ".cert..", HOME + ".krl..", HOME + ".tlog..");
    fence(below("tlog"), HOME + ".ssh..", HOME + ".cert..", HOME + ".krl..");
    fence(below("cert"), HOME + ".krl..", HOME + ".tlog..");
  }

  @TestFactory
  Stream<DynamicTest> eachLibraryStaysBehindItsFence() {
    return Stream.of(
            new Fence("java.sql..", List.of(below("store"))),
            new Fence("org.sqlite..", List.of(below("store"))),
            new Fence("org.flywaydb..", List.of(below("store"))),
            new Fence("io.javalin..", List.of(below("web"))),
            new Fence("org.eclipse.jetty..", List.of(below("web"))),
            new Fence("com.nimbusds..", List.of(below("oidc"))),
            new Fence("io.prometheus..", List.of(below("metrics"))),
            new Fence("dev.cel..", List.of(below("policy"))),
            new Fence("org.snakeyaml..", List.of(below("config"))),
            new Fence("picocli..", List.of(below("cli"))),
            new Fence("jakarta.mail..", List.of(below("export"))),
            new Fence("org.eclipse.angus..", List.of(below("export"))),
            new Fence("org.apache.sshd..", List.of(below("ssh", "cert", "quickstart"))))
        .map(fence -> DynamicTest.dynamicTest(fence.library(), fence::check));
  }

  @Test
  void timeComesFromTheRoot() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT)
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Clock.class, "systemUTC")
        .orShould()
        .callMethod(Clock.class, "systemDefaultZone")
        .because("a clock is given by the composition root")
        .check(MAIN);
  }

  @Test
  void onlyTheRootEndsTheProcess() {
    noClasses()
        .that()
        .resideOutsideOfPackages(ROOT)
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "exit", int.class)
        .orShould()
        .callMethod(Runtime.class, "halt", int.class)
        .check(MAIN);
  }

  @Test
  void namesSayWhatAThingIs() {
    noClasses()
        .should()
        .haveSimpleNameEndingWith("Manager")
        .orShould()
        .haveNameMatching(".*(Helper|Utils?|Impl|Base|Data|Info|DAO)")
        .orShould()
        .haveSimpleNameStartingWith("Abstract")
        .check(MAIN);
  }

  @Test
  void eachPackageIsDescribedAndNullMarked() {
    Set<String> packages = MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertThat(packages)
        .allSatisfy(name -> {
          assertThat(MAIN.getPackage(name).isAnnotatedWith(NullMarked.class)).isTrue();
          String text = Files.readString(folderOf(name).resolve("package-info.java"));
          assertThat(text).startsWith("/**");
        });
  }

  @Test
  void noMainFileIsLong() throws IOException {
    try (Stream<Path> files = Files.walk(SOURCES)) {
      List<Path> sources = files.filter(file -> file.toString().endsWith(".java")).toList();
      assertThat(sources)
          .allSatisfy(
              file -> assertThat(Files.readAllLines(file)).hasSizeLessThanOrEqualTo(MAX_LINES));
    }
  }

  private record Fence(String library, List<String> allowed) {
    void check() {
      noClasses()
          .that()
          .resideOutsideOfPackages(allowed.toArray(String[]::new))
          .should()
          .dependOnClassesThat()
          .resideInAPackage(library)
          .check(MAIN);
    }
  }

  private static void fence(String[] packages, String... forbidden) {
    noClasses()
        .that()
        .resideInAnyPackage(packages)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(forbidden)
        .check(MAIN);
  }

  private static Path folderOf(String packageName) {
    return SOURCES.resolve(packageName.replace('.', '/'));
  }

  private static String[] below(String... names) {
    return Stream.of(names).map(name -> HOME + "." + name + "..").toArray(String[]::new);
  }

  private static String[] root() {
    return Stream.concat(
            Stream.of(HOME), Stream.of(below("cli", "operator", "quickstart", "reload", "systemd")))
        .toArray(String[]::new);
  }
}

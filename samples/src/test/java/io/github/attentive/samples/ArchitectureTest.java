package io.github.attentive.samples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.properties.HasName;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The borders between the modules, on the compiled classes of all of them. */
class ArchitectureTest {
  private static final String ROOT = "io.github.attentive";
  private static final String DJL = ROOT + ".djl..";
  private static final String PYTORCH = ROOT + ".pytorch..";
  private static final String TENSORFLOW = ROOT + ".tensorflow..";
  private static final String VIZ = ROOT + ".viz..";
  private static final String SAMPLES = ROOT + ".samples..";
  private static final String INTERNAL = ROOT + ".internal..";
  private static final String[] API = {
    ROOT, ROOT + ".explain..", ROOT + ".spi..", ROOT + ".testing..", INTERNAL
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .withImportOption(location -> !location.contains("-tests.jar"))
          .withImportOption(location -> !location.contains("test-classes"))
          .importPackages(ROOT);

  private static JavaClasses violating;

  private static final Map<String, ArchRule> RULES = new LinkedHashMap<>();

  static {
    RULES.put(
        "api knows the JDK, logging and annotations only",
        classes()
            .that()
            .resideInAnyPackage(API)
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(withJdk(API, "org.slf4j..", "org.jspecify..")));
    RULES.put(
        "pictures know api only",
        classes()
            .that()
            .resideInAPackage(VIZ)
            .should()
            .onlyDependOnClassesThat(
                resideInAnyPackage(withJdk(API, VIZ, "org.jspecify..", "javax.xml.stream.."))
                    .and(not(resideInAnyPackage(INTERNAL)))));
    RULES.put(
        "what engines share knows no engine",
        noClasses()
            .that()
            .resideInAPackage(DJL)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                PYTORCH, TENSORFLOW, VIZ, SAMPLES, "ai.djl.pytorch..", "ai.djl.tensorflow.."));
    RULES.put("pytorch knows no sibling", noSibling(PYTORCH, TENSORFLOW, "ai.djl.tensorflow.."));
    RULES.put("tensorflow knows no sibling", noSibling(TENSORFLOW, PYTORCH, "ai.djl.pytorch.."));
    RULES.put(
        "samples use engines by name only",
        noClasses()
            .that()
            .resideInAPackage(SAMPLES)
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(DJL, PYTORCH, TENSORFLOW, "ai.djl.."));
    RULES.put(
        "internals belong to api",
        noClasses()
            .that(not(resideInAnyPackage(API)))
            .should()
            .dependOnClassesThat()
            .resideInAPackage(INTERNAL));
    RULES.put(
        "no cycles in what engines share",
        slices().matching(ROOT + ".djl.(*)..").should().beFreeOfCycles());
    RULES.put(
        "libraries are quiet",
        noClasses()
            .that(not(resideInAnyPackage(SAMPLES)))
            .should()
            .accessField(System.class, "out")
            .orShould()
            .accessField(System.class, "err")
            .orShould()
            .callMethodWhere(prints()));
    RULES.put(
        "only the program ends the process",
        noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Main.class.getName())
            .should()
            .callMethod(System.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "exit", int.class)
            .orShould()
            .callMethod(Runtime.class, "halt", int.class));
    RULES.put(
        "no desktop and no second logging",
        noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                "java.awt..",
                "java.applet..",
                "java.beans..",
                "javax.swing..",
                "javax.imageio..",
                "javax.print..",
                "javax.sound..",
                "javax.accessibility..",
                "java.util.logging.."));
  }

  private static String[] withJdk(String[] packages, String... more) {
    Stream<String> jdk =
        Stream.of(
            "java.lang..",
            "java.util..",
            "java.io..",
            "java.nio..",
            "java.math..",
            "java.text..",
            "java.security..");
    return Stream.of(Stream.of(packages), jdk, Stream.of(more))
        .flatMap(names -> names)
        .toArray(String[]::new);
  }

  private static ArchRule noSibling(String engine, String sibling, String djl) {
    return noClasses()
        .that()
        .resideInAPackage(engine)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(sibling, djl, VIZ, SAMPLES);
  }

  /** Whatever kind of exception prints itself. */
  private static DescribedPredicate<JavaCall<?>> prints() {
    return DescribedPredicate.describe(
        "printStackTrace",
        call ->
            call.getTarget().getName().equals("printStackTrace")
                && call.getTargetOwner().isAssignableTo(Throwable.class));
  }

  static Stream<String> rules() {
    return RULES.keySet().stream();
  }

  @Test
  void allModulesAreHere() {
    for (String name :
        List.of(
            "Classifier",
            "internal.EngineSelection",
            "viz.Svg",
            "djl.graph.Graph",
            "pytorch.PyTorchProvider",
            "tensorflow.TensorFlowProvider",
            "samples.Main")) {
      assertThat(CLASSES.contain(ROOT + "." + name)).as(name).isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void holds(String rule) {
    RULES.get(rule).check(CLASSES);
  }

  /** What breaks a rule: a member of a class in some package. */
  private record Violation(String rule, String packageName, String member) {
    @Override
    public String toString() {
      return rule + ": " + packageName + " has " + member;
    }
  }

  private static Violation violation(String rule, String subpackage, String member) {
    return new Violation(rule, ROOT + subpackage, member);
  }

  static List<Violation> violations() {
    return List.of(
        violation(
            "api knows the JDK, logging and annotations only", "", "ai.djl.ndarray.NDArray f;"),
        violation(
            "api knows the JDK, logging and annotations only",
            ".explain",
            "com.google.gson.Gson f;"),
        violation(
            "api knows the JDK, logging and annotations only",
            ".spi",
            "io.github.attentive.viz.Svg f;"),
        violation(
            "api knows the JDK, logging and annotations only", ".testing", "java.sql.Date f;"),
        violation("pictures know api only", ".viz", "ai.djl.Device f;"),
        violation("pictures know api only", ".viz", "org.slf4j.Logger f;"),
        violation(
            "pictures know api only", ".viz", "io.github.attentive.internal.EngineSelection f;"),
        violation("pictures know api only", ".viz", "io.github.attentive.djl.graph.Graph f;"),
        violation(
            "what engines share knows no engine",
            ".djl.graph",
            "ai.djl.pytorch.engine.PtEngine f;"),
        violation(
            "what engines share knows no engine", ".djl.graph", "io.github.attentive.viz.Svg f;"),
        violation(
            "what engines share knows no engine",
            ".djl",
            "io.github.attentive.pytorch.PyTorchProvider f;"),
        violation(
            "pytorch knows no sibling",
            ".pytorch",
            "io.github.attentive.tensorflow.TensorFlowProvider f;"),
        violation("pytorch knows no sibling", ".pytorch", "io.github.attentive.samples.Main f;"),
        violation(
            "tensorflow knows no sibling",
            ".tensorflow",
            "io.github.attentive.pytorch.PyTorchProvider f;"),
        violation("tensorflow knows no sibling", ".tensorflow", "io.github.attentive.viz.Svg f;"),
        violation(
            "samples use engines by name only",
            ".samples.cli",
            "io.github.attentive.djl.graph.Graph f;"),
        violation(
            "internals belong to api",
            ".samples",
            "io.github.attentive.internal.EngineSelection f;"),
        violation(
            "internals belong to api", ".djl", "io.github.attentive.internal.EngineSelection f;"),
        violation("libraries are quiet", ".viz", "void m() { System.out.println(); }"),
        violation("libraries are quiet", ".djl.text", "void m() { System.err.println(); }"),
        violation("libraries are quiet", "", "void m(Exception e) { e.printStackTrace(); }"),
        violation(
            "libraries are quiet",
            "",
            "void m(java.io.IOException e) { e.printStackTrace(System.err); }"),
        violation("only the program ends the process", ".samples", "void m() { System.exit(1); }"),
        violation(
            "only the program ends the process", "", "void m() { Runtime.getRuntime().halt(1); }"),
        violation("no desktop and no second logging", ".viz", "java.awt.Color f;"),
        violation("no desktop and no second logging", ".samples", "java.util.logging.Logger f;"));
  }

  @BeforeAll
  static void compileViolations(@TempDir Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    for (Violation violation : violations()) {
      String name = "Violation" + sources.size();
      sources.add(
          Files.writeString(
              folder.resolve(name + ".java"),
              "package %s;\nclass %s { %s }\n"
                  .formatted(violation.packageName, name, violation.member)));
    }
    Compilation.of(folder, sources.toArray(Path[]::new));
    violating = new ClassFileImporter().importPath(folder);
  }

  @ParameterizedTest
  @MethodSource("violations")
  void isAbleToFail(Violation violation) {
    String name = violation.packageName + ".Violation" + violations().indexOf(violation);
    JavaClasses one = violating.that(HasName.Predicates.name(name));
    assertThat(one).hasSize(1);
    ArchRule rule = RULES.get(violation.rule).allowEmptyShould(true);
    assertThat(rule.evaluate(one).hasViolation()).isTrue();
  }

  @Test
  void cyclesWouldBeFound(@TempDir Path folder) throws IOException {
    Path one = Files.writeString(folder.resolve("One.java"), cyclic("graph", "One", "text.Two"));
    Path two = Files.writeString(folder.resolve("Two.java"), cyclic("text", "Two", "graph.One"));
    Compilation.of(folder, one, two);
    JavaClasses cycle = new ClassFileImporter().importPath(folder);
    assertThat(RULES.get("no cycles in what engines share").evaluate(cycle).hasViolation())
        .isTrue();
  }

  private static String cyclic(String packageName, String name, String other) {
    return "package %s.djl.%s;\npublic class %s { %s.djl.%s f; }\n"
        .formatted(ROOT, packageName, name, ROOT, other);
  }

  @Test
  void everyPackageIsNullMarked() {
    List<String> packages =
        CLASSES.stream().map(JavaClass::getPackageName).distinct().sorted().toList();
    assertThat(packages).contains(ROOT, ROOT + ".viz", ROOT + ".djl.graph", ROOT + ".samples.cli");
    assertThat(
            packages.stream()
                .filter(name -> !CLASSES.getPackage(name).isAnnotatedWith(NullMarked.class)))
        .isEmpty();
  }
}

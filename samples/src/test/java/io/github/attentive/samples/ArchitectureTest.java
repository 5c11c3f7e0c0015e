package io.github.attentive.samples;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.github.attentive.samples.cli.AttentiveCommand;
import java.util.List;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

/** The borders between the modules, on the compiled classes of all of them. */
class ArchitectureTest {
  private static final String ROOT = "io.github.attentive";
  private static final String DJL = ROOT + ".djl..";
  private static final String PYTORCH = ROOT + ".pytorch..";
  private static final String TENSORFLOW = ROOT + ".tensorflow..";
  private static final String VIZ = ROOT + ".viz..";
  private static final String SAMPLES = ROOT + ".samples..";
  private static final String[] API = {
    ROOT, ROOT + ".explain..", ROOT + ".spi..", ROOT + ".testing..", ROOT + ".internal.."
  };
  private static final String[] JDK = {
    "java.lang..", "java.util..", "java.io..", "java.nio..", "java.math.."
  };

  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages(ROOT);

  private static String[] and(String[] packages, String... more) {
    return java.util.stream.Stream.of(packages, JDK, more)
        .flatMap(java.util.Arrays::stream)
        .toArray(String[]::new);
  }

  @Test
  void allModulesAreHere() {
    for (String name :
        List.of(
            "Classifier",
            "viz.Svg",
            "djl.graph.Graph",
            "pytorch.PyTorchProvider",
            "tensorflow.TensorFlowProvider",
            "samples.Main")) {
      assertThat(CLASSES.contain(ROOT + "." + name)).as(name).isTrue();
    }
  }

  @Test
  void apiKnowsTheJdkAndLoggingOnly() {
    classes()
        .that()
        .resideInAnyPackage(API)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(and(API, "org.slf4j..", "org.jspecify.."))
        .check(CLASSES);
  }

  @Test
  void picturesKnowTheApiOnly() {
    classes()
        .that()
        .resideInAPackage(VIZ)
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage(and(API, VIZ, "org.jspecify..", "java.security.."))
        .check(CLASSES);
  }

  @Test
  void whatEnginesShareKnowsNoEngine() {
    noClasses()
        .that()
        .resideInAPackage(DJL)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PYTORCH, TENSORFLOW, VIZ, SAMPLES, "ai.djl.pytorch..")
        .check(CLASSES);
  }

  @Test
  void enginesDoNotKnowEachOther() {
    noClasses()
        .that()
        .resideInAPackage(PYTORCH)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(TENSORFLOW, VIZ, SAMPLES)
        .check(CLASSES);
    noClasses()
        .that()
        .resideInAPackage(TENSORFLOW)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(PYTORCH, VIZ, SAMPLES)
        .check(CLASSES);
  }

  @Test
  void samplesUseEnginesByNameOnly() {
    noClasses()
        .that()
        .resideInAPackage(SAMPLES)
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(DJL, PYTORCH, TENSORFLOW, ROOT + ".internal..", "ai.djl..")
        .check(CLASSES);
  }

  @Test
  void internalsBelongToTheApi() {
    noClasses()
        .that(not(resideInAnyPackage(API)))
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".internal..")
        .check(CLASSES);
  }

  @Test
  void sharedPackagesHaveNoCycles() {
    slices().matching(ROOT + ".djl.(*)..").should().beFreeOfCycles().check(CLASSES);
  }

  @Test
  void librariesAreQuietAndLeaveTheProcessAlone() {
    noClasses()
        .that(not(resideInAnyPackage(SAMPLES)))
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(Throwable.class, "printStackTrace")
        .check(CLASSES);
    noClasses()
        .that()
        .doNotHaveFullyQualifiedName(Main.class.getName())
        .should()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("java.awt..", "javax.swing..", "java.util.logging..")
        .check(CLASSES);
    noClasses()
        .should()
        .callMethod(String.class, "format", String.class, Object[].class)
        .because("digits and separators must not follow the locale of the machine")
        .check(CLASSES);
  }

  @Test
  void everyPackageIsNullMarked() {
    assertThat(CLASSES.contain(AttentiveCommand.class)).isTrue();
    assertThat(
            CLASSES.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(p -> !p.isAnnotatedWith(NullMarked.class))
                .map(p -> p.getName()))
        .isEmpty();
  }
}

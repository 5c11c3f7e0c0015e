package io.github.attentive.viz;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Fixtures that are not part of this repository: the folder that the system property {@value
 * #PROPERTY} names has them under {@code fixtures}.
 *
 * <p>A test that needs one which is not there is skipped and says so; where the environment
 * variable {@code CI} is {@code true} it fails.
 */
final class SharedFixtures {
  private static final String PROPERTY = "attentive.shared";

  private SharedFixtures() {}

  /** A file or folder, by its path under {@code fixtures}. */
  static Path path(String fixture) {
    Path path = Path.of(System.getProperty(PROPERTY, "../shared"), "fixtures").resolve(fixture);
    if (!Files.exists(path)) {
      String message =
          "fixture %s is missing; name the folder that has it with -D%s="
              .formatted(path.toAbsolutePath().normalize(), PROPERTY);
      if ("true".equals(System.getenv("CI"))) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return path;
  }
}

package io.github.attentive.djl;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/**
 * Fixtures that are not part of this repository: the folder that the system property {@value
 * #PROPERTY} names has them under {@code fixtures}.
 *
 * <p>A test that needs one which is not there is skipped and says so; where the environment
 * variable {@code CI} is {@code true} it fails.
 */
public final class SharedFixtures {
  private static final String PROPERTY = "attentive.shared";

  /** The model directories under {@code hf}. */
  public static final List<String> HUGGING_FACE =
      List.of(
          "albert",
          "bert",
          "deberta-v2-conv",
          "deberta-v3",
          "distilbert",
          "electra",
          "modernbert",
          "modernbert-cls",
          "mpnet",
          "roberta",
          "xlm-roberta");

  /** The models under {@code keras} that have attention. */
  public static final List<String> KERAS_WITH_ATTENTION =
      List.of(
          "a_10x10",
          "b_100",
          "v_additive",
          "v_bigru",
          "v_bigru_mask",
          "v_concat",
          "v_concat_noscale",
          "v_mask_zero",
          "v_mha2",
          "v_mha2_mask",
          "v_seq20",
          "v_softmax3",
          "v_use_scale");

  private SharedFixtures() {}

  /** A file or folder, by its path under {@code fixtures}. */
  public static Path path(String fixture) {
    Path shared = Path.of(System.getProperty(PROPERTY, "../shared"));
    return existing(shared.resolve("fixtures").resolve(fixture), System.getenv("CI"));
  }

  static Path existing(Path fixture, String ci) {
    if (!Files.exists(fixture)) {
      String message =
          "fixture %s is missing; name the folder that has it with -D%s="
              .formatted(fixture.toAbsolutePath().normalize(), PROPERTY);
      if ("true".equals(ci)) {
        Assertions.fail(message);
      }
      Assumptions.abort(message);
    }
    return fixture;
  }
}

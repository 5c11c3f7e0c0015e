package io.github.attentive;

import io.github.attentive.explain.HeadFusion;
import io.github.attentive.explain.QuadratureRule;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * What the weights of an {@link Attribution} were made with, so that they can be made again, and
 * what the method says of its own exactness. What a method does not use is empty. Immutable.
 *
 * @param contrast the label that the target was compared with
 * @param layer the one layer that was read, counted from 0
 * @param head the one head that was read, counted from 0
 * @param fusion what several heads, or layers, became
 * @param removal what became of units that were left out, by the method or for the trust card
 * @param baseline what integrated gradients started from
 * @param steps the number of points on the line of integrated gradients
 * @param rule where those points lie
 * @param seed of the samples of LIME and SHAP, and of the trust card's random orders
 * @param samples the most versions of the text that LIME or SHAP were to take
 * @param completenessError by how much integrated gradients miss the sum they should have, in the
 *     unit of the logit
 * @param determination how well LIME's linear model fits: R2, at most 1
 */
public record Provenance(
    Optional<String> contrast,
    OptionalInt layer,
    OptionalInt head,
    Optional<HeadFusion> fusion,
    Optional<Removal> removal,
    Optional<Baseline> baseline,
    OptionalInt steps,
    Optional<QuadratureRule> rule,
    OptionalLong seed,
    OptionalInt samples,
    OptionalDouble completenessError,
    OptionalDouble determination) {

  private static final Provenance UNKNOWN =
      new Provenance(
          Optional.empty(),
          OptionalInt.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          OptionalInt.empty(),
          Optional.empty(),
          OptionalLong.empty(),
          OptionalInt.empty(),
          OptionalDouble.empty(),
          OptionalDouble.empty());

  /**
   * Creates a record.
   *
   * @param contrast as above
   * @param layer as above
   * @param head as above
   * @param fusion as above
   * @param removal as above
   * @param baseline as above
   * @param steps as above
   * @param rule as above
   * @param seed as above
   * @param samples as above
   * @param completenessError as above
   * @param determination as above
   * @throws InvalidInputException if a number is NaN or infinite
   */
  public Provenance {
    Objects.requireNonNull(contrast, "contrast");
    Objects.requireNonNull(layer, "layer");
    Objects.requireNonNull(head, "head");
    Objects.requireNonNull(fusion, "fusion");
    Objects.requireNonNull(removal, "removal");
    Objects.requireNonNull(baseline, "baseline");
    Objects.requireNonNull(steps, "steps");
    Objects.requireNonNull(rule, "rule");
    Objects.requireNonNull(seed, "seed");
    Objects.requireNonNull(samples, "samples");
    if (!Double.isFinite(completenessError.orElse(0))
        || !Double.isFinite(determination.orElse(0))) {
      throw new InvalidInputException(
          "provenance: expected finite numbers, got a completeness error of %s and an R2 of %s"
              .formatted(completenessError, determination));
    }
  }

  /**
   * Weights of which nothing more is known.
   *
   * @return a record without entries
   */
  public static Provenance unknown() {
    return UNKNOWN;
  }
}

package io.github.attentive.samples.cli;

import io.github.attentive.ExplainOptions;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Method;
import io.github.attentive.SpecialTokens;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How texts are explained. */
final class ExplanationOptions {
  /** The names of the policies; a name that is not one of them is wrong usage. */
  enum Special {
    keep,
    drop,
    renormalise
  }

  /** The units. */
  enum Unit {
    word,
    token
  }

  /** The methods, those to come included, so that they are told from a mistyped name. */
  enum MethodName {
    attention,
    rollout,
    flow,
    norm,
    grad_attention,
    relevance,
    integrated_gradients,
    input_gradient,
    occlusion,
    lime,
    shap;

    @Override
    public String toString() {
      return name().replace('_', '-');
    }
  }

  @Option(names = "--method", paramLabel = "METHOD", description = "attention (more to come)")
  String method = Method.ATTENTION.id();

  @Option(names = "--layer", paramLabel = "N", description = "one layer, from 0; default all")
  @Nullable Integer layer;

  @Option(names = "--head", paramLabel = "N", description = "one head, from 0; default all")
  @Nullable Integer head;

  @Option(names = "--target", paramLabel = "LABEL", description = "default: the predicted one")
  @Nullable String target;

  @Option(names = "--granularity", paramLabel = "UNIT", description = "${COMPLETION-CANDIDATES}")
  Unit granularity = Unit.word;

  @Option(names = "--special", paramLabel = "POLICY", description = "${COMPLETION-CANDIDATES}")
  @Nullable Special special;

  @Option(names = "--trust", description = "comes in a later version")
  boolean trust;

  @Option(
      names = {"--operator", "--baseline", "--steps", "--rule", "--seed"},
      paramLabel = "VALUE",
      description = "for methods that come in a later version")
  List<String> ofLaterMethods = List.of();

  /**
   * The options as the library has them.
   *
   * @param usual the policy for special tokens where none is named
   */
  ExplainOptions options(SpecialTokens usual) {
    return options(usual, false);
  }

  /**
   * The options as the library has them.
   *
   * @param usual the policy for special tokens where none is named
   * @param queriesAndKeys whether those of the attention are wanted
   */
  ExplainOptions options(SpecialTokens usual, boolean queriesAndKeys) {
    refuseWhatComesLater();
    ExplainOptions.Builder options =
        ExplainOptions.builder()
            .queriesAndKeys(queriesAndKeys)
            .granularity(granularity == Unit.word ? Granularity.WORD : Granularity.TOKEN)
            .specialTokens(special == null ? usual : policy(special));
    if (layer != null) {
      options.layer(layer);
    }
    if (head != null) {
      options.head(head);
    }
    if (target != null) {
      options.target(target);
    }
    return options.build();
  }

  OptionalInt layer() {
    return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
  }

  OptionalInt head() {
    return head == null ? OptionalInt.empty() : OptionalInt.of(head);
  }

  private void refuseWhatComesLater() {
    if (Arrays.stream(MethodName.values()).noneMatch(name -> name.toString().equals(method))) {
      throw new InvalidInputException(
          "--method: expected one of %s, got '%s'"
              .formatted(Arrays.toString(MethodName.values()), method));
    }
    if (!method.equals(Method.ATTENTION.id())) {
      throw new NotYetException("method '" + method + "'", "use attention");
    }
    if (trust) {
      throw new NotYetException("--trust", "explain without it");
    }
    if (!ofLaterMethods.isEmpty()) {
      throw new NotYetException(
          "--operator, --baseline, --steps, --rule and --seed",
          "the method attention does not use them");
    }
  }

  private static SpecialTokens policy(Special special) {
    return switch (special) {
      case keep -> SpecialTokens.KEEP;
      case drop -> SpecialTokens.DROP;
      case renormalise -> SpecialTokens.RENORMALISE;
    };
  }
}

package io.github.attentive.samples.cli;

import io.github.attentive.Baseline;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Method;
import io.github.attentive.Removal;
import io.github.attentive.SpecialTokens;
import io.github.attentive.Verdict;
import io.github.attentive.explain.HeadFusion;
import io.github.attentive.explain.QuadratureRule;
import java.util.Arrays;
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
    word(Granularity.WORD),
    token(Granularity.TOKEN),
    sentence(Granularity.SENTENCE);

    private final Granularity granularity;

    Unit(Granularity granularity) {
      this.granularity = granularity;
    }
  }

  /** What several heads become. */
  enum Fusion {
    mean(HeadFusion.MEAN),
    max(HeadFusion.MAX),
    min(HeadFusion.MIN);

    private final HeadFusion fusion;

    Fusion(HeadFusion fusion) {
      this.fusion = fusion;
    }
  }

  /** What becomes of units that are left out. */
  enum Operator {
    delete(Removal.DELETE),
    mask(Removal.MASK),
    pad(Removal.PAD);

    private final Removal removal;

    Operator(Removal removal) {
      this.removal = removal;
    }
  }

  /** What integrated gradients start from. */
  enum Start {
    pad(Baseline.PAD),
    mask(Baseline.MASK);

    private final Baseline baseline;

    Start(Baseline baseline) {
      this.baseline = baseline;
    }
  }

  /** Where integrated gradients look. */
  enum Rule {
    gauss(QuadratureRule.GAUSS_LEGENDRE),
    trapezoid(QuadratureRule.TRAPEZOID),
    middle(QuadratureRule.MIDDLE);

    private final QuadratureRule rule;

    Rule(QuadratureRule rule) {
      this.rule = rule;
    }
  }

  @Option(
      names = "--method",
      paramLabel = "METHOD",
      description =
          "attention, rollout, flow, norm, grad-attention, relevance, contributions,"
              + " integrated-gradients, input-gradient, occlusion, lime, shap")
  String method = Method.ATTENTION.id();

  @Option(
      names = "--layer",
      paramLabel = "N",
      description = "one layer, from 0; default all, of grad-attention the last")
  @Nullable Integer layer;

  @Option(names = "--head", paramLabel = "N", description = "one head, from 0; default all")
  @Nullable Integer head;

  @Option(
      names = "--fusion",
      paramLabel = "FUSION",
      description = "of the heads, for attention and rollout: ${COMPLETION-CANDIDATES}")
  @Nullable Fusion fusion;

  @Option(names = "--target", paramLabel = "LABEL", description = "default: the predicted one")
  @Nullable String target;

  @Option(
      names = "--contrast",
      paramLabel = "LABEL",
      description = "what speaks for the target rather than for this one")
  @Nullable String contrast;

  @Option(names = "--granularity", paramLabel = "UNIT", description = "${COMPLETION-CANDIDATES}")
  Unit granularity = Unit.word;

  @Option(names = "--special", paramLabel = "POLICY", description = "${COMPLETION-CANDIDATES}")
  @Nullable Special special;

  @Option(names = "--trust", description = "tests how far the weights can be believed")
  boolean trust;

  @Option(
      names = "--at-least",
      paramLabel = "VERDICT",
      description =
          "fails for weights with a worse one: not-faithful, undecided, partly-faithful, faithful")
  @Nullable String atLeast;

  @Option(
      names = "--budget",
      paramLabel = "N",
      description = "the most versions of a text that may be evaluated")
  @Nullable Integer budget;

  @Option(
      names = "--operator",
      paramLabel = "OPERATOR",
      description = "how units are left out: ${COMPLETION-CANDIDATES}")
  @Nullable Operator operator;

  @Option(
      names = "--baseline",
      paramLabel = "TOKEN",
      description = "of integrated-gradients: ${COMPLETION-CANDIDATES}")
  @Nullable Start baseline;

  @Option(names = "--steps", paramLabel = "N", description = "of integrated-gradients")
  @Nullable Integer steps;

  @Option(
      names = "--rule",
      paramLabel = "RULE",
      description = "of integrated-gradients: ${COMPLETION-CANDIDATES}")
  @Nullable Rule rule;

  @Option(
      names = "--samples",
      paramLabel = "N",
      description = "of lime and shap: versions of the text; default 1000 and 2 words + 1024")
  @Nullable Integer samples;

  @Option(names = "--seed", paramLabel = "N", description = "of lime, shap and --trust; default 0")
  @Nullable Long seed;

  /**
   * The options as the library has them.
   *
   * @param usual the policy for special tokens where none is named
   */
  ExplainOptions options(SpecialTokens usual) {
    return build(usual, false, false);
  }

  /**
   * The options for figures, of which {@code --layer} and {@code --head} choose some, too, so that
   * a method without layers lets them stand.
   *
   * @param usual the policy for special tokens where none is named
   * @param queriesAndKeys whether those of the attention are wanted
   */
  ExplainOptions options(SpecialTokens usual, boolean queriesAndKeys) {
    return build(usual, queriesAndKeys, true);
  }

  private ExplainOptions build(SpecialTokens usual, boolean queriesAndKeys, boolean forFigures) {
    try {
      Method chosen = Method.of(method);
      boolean layers = chosen.needsAttention() || !forFigures;
      return named(ExplainOptions.builder().method(chosen), layers)
          .granularity(granularity.granularity)
          .specialTokens(special == null ? usual : policy(special))
          .trust(trust)
          .queriesAndKeys(queriesAndKeys)
          .build();
    } catch (InvalidInputException e) {
      // Messages start with the name that the option has in the library, which is its own here.
      throw new InvalidInputException("--" + e.getMessage(), e);
    }
  }

  /** What was named, and nothing else: the library refuses what a method does not use. */
  private ExplainOptions.Builder named(ExplainOptions.Builder options, boolean layers) {
    if (layer != null && layers) {
      options.layer(layer);
    }
    if (head != null && layers) {
      options.head(head);
    }
    if (fusion != null) {
      options.fusion(fusion.fusion);
    }
    if (contrast != null) {
      options.contrast(contrast);
    }
    if (atLeast != null) {
      options.atLeast(verdict(atLeast));
    }
    if (budget != null) {
      options.budget(budget);
    }
    if (samples != null) {
      options.samples(samples);
    }
    if (target != null) {
      options.target(target);
    }
    if (operator != null) {
      options.removal(operator.removal);
    }
    if (baseline != null) {
      options.baseline(baseline.baseline);
    }
    if (steps != null) {
      options.steps(steps);
    }
    if (rule != null) {
      options.rule(rule.rule);
    }
    if (seed != null) {
      options.seed(seed);
    }
    return options;
  }

  private static Verdict verdict(String id) {
    return Arrays.stream(Verdict.values())
        .filter(verdict -> verdict.id().equals(id))
        .findFirst()
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "at-least: expected one of %s, got '%s'"
                        .formatted(Arrays.stream(Verdict.values()).map(Verdict::id).toList(), id)));
  }

  OptionalInt layer() {
    return layer == null ? OptionalInt.empty() : OptionalInt.of(layer);
  }

  OptionalInt head() {
    return head == null ? OptionalInt.empty() : OptionalInt.of(head);
  }

  private static SpecialTokens policy(Special special) {
    return switch (special) {
      case keep -> SpecialTokens.KEEP;
      case drop -> SpecialTokens.DROP;
      case renormalise -> SpecialTokens.RENORMALISE;
    };
  }
}

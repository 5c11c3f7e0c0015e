package io.github.attentive.internal;

import io.github.attentive.ExplainOptions;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.Token;
import io.github.attentive.TrustCard;
import io.github.attentive.Word;
import io.github.attentive.explain.GroupAggregation;
import io.github.attentive.explain.KernelShap;
import io.github.attentive.explain.Lime;
import io.github.attentive.explain.LimeFit;
import io.github.attentive.explain.LimeOptions;
import io.github.attentive.explain.MaskEvaluations;
import io.github.attentive.explain.MaskedTarget;
import io.github.attentive.explain.Occlusion;
import io.github.attentive.explain.Sentences;
import io.github.attentive.explain.ShapOptions;
import io.github.attentive.explain.TrustAssessment;
import io.github.attentive.explain.WordSpans;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * One text of which units are left out: for the methods that do so, and for the trust card. Both
 * share their evaluations where they ask the same, and one budget. Not thread-safe.
 */
final class Perturbation {
  private final ExplainedText text;
  private final TextVersions versions;
  private final ExplainOptions options;
  private final WordSpans words;
  private final int[] unitOf;
  private final int units;
  private @Nullable MaskEvaluations ofUnits;

  /**
   * Sets a text up; nothing is evaluated yet.
   *
   * @param text what is explained
   * @param versions what the model says without some of its positions
   * @param options method, unit, samples, seed, budget
   */
  Perturbation(ExplainedText text, TextVersions versions, ExplainOptions options) {
    this.text = text;
    this.versions = versions;
    this.options = options;
    this.words = WordSpans.of(text.tokens(), text.input());
    this.unitOf = units(options.granularity());
    this.units = Arrays.stream(unitOf).max().orElse(-1) + 1;
  }

  /** The unit of each position. */
  private int[] units(Granularity granularity) {
    return switch (granularity) {
      case WORD -> words.indices();
      case TOKEN -> tokens();
      case SENTENCE -> sentences();
    };
  }

  private int[] tokens() {
    List<Token> tokens = text.tokens();
    int[] unit = new int[tokens.size()];
    int next = 0;
    for (int i = 0; i < unit.length; i++) {
      unit[i] = tokens.get(i).special() ? GroupAggregation.NO_GROUP : next++;
    }
    return unit;
  }

  private int[] sentences() {
    List<Word> whole =
        words.words().stream()
            .map(span -> new Word(span.text(), span.segment(), span.start(), span.end(), 0))
            .toList();
    int[] sentenceOf = Sentences.of(text.input(), whole).groupOf();
    return Arrays.stream(words.indices())
        .map(word -> word == WordSpans.NO_WORD ? GroupAggregation.NO_GROUP : sentenceOf[word])
        .toArray();
  }

  /** Weighs the units by the method that is asked for, and shares each one's among its tokens. */
  PositionWeights weights() {
    MaskEvaluations evaluations = evaluations(text.target()::value, unitOf, units, 0);
    ofUnits = evaluations;
    return switch (options.method()) {
      case OCCLUSION -> PositionWeights.of(shared(Occlusion.of(evaluations)));
      case LIME -> {
        LimeFit fit = Lime.fit(evaluations, limeOptions());
        yield new PositionWeights(
            shared(fit.weights()),
            OptionalInt.of(fit.options().samples()),
            OptionalDouble.empty(),
            OptionalDouble.of(fit.determination()));
      }
      case SHAP -> {
        ShapOptions shap = shapOptions();
        yield new PositionWeights(
            shared(KernelShap.of(evaluations, shap).values()),
            OptionalInt.of(shap.samples()),
            OptionalDouble.empty(),
            OptionalDouble.empty());
      }
      default -> throw new IllegalArgumentException(options.method().id());
    };
  }

  private LimeOptions limeOptions() {
    return new LimeOptions(
        options.samples().orElse(LimeOptions.DEFAULT_SAMPLES),
        LimeOptions.DEFAULT_KERNEL_WIDTH,
        LimeOptions.DEFAULT_RIDGE,
        options.seed());
  }

  private ShapOptions shapOptions() {
    return options.samples().isPresent()
        ? new ShapOptions(options.samples().getAsInt(), options.seed())
        : ShapOptions.forUnits(units, options.seed());
  }

  private double[] shared(double[] weights) {
    double[] members = new double[units];
    for (int unit : unitOf) {
      if (unit != GroupAggregation.NO_GROUP) {
        members[unit]++;
      }
    }
    double[] shares = new double[unitOf.length];
    for (int i = 0; i < shares.length; i++) {
      shares[i] =
          unitOf[i] == GroupAggregation.NO_GROUP ? 0 : weights[unitOf[i]] / members[unitOf[i]];
    }
    return shares;
  }

  /**
   * Tests weights that were made elsewhere.
   *
   * @param weights of each unit, finite
   * @return the card
   * @throws InvalidInputException if the text has not a unit for each weight, one is not finite, or
   *     the budget does not suffice
   */
  TrustCard trust(double[] weights) {
    if (weights.length != units) {
      throw new InvalidInputException(
          "weights to assess: expected one for each of the text's %s units (%s), got %s"
              .formatted(
                  units, options.granularity().name().toLowerCase(Locale.ROOT), weights.length));
    }
    return trust(PositionWeights.of(shared(weights)));
  }

  /**
   * Tests weights by leaving out the words they rank highest.
   *
   * @param weights of each position
   * @return the card
   */
  TrustCard trust(PositionWeights weights) {
    int[] wordOf = words.indices();
    int count = words.words().size();
    boolean[] special = new boolean[wordOf.length];
    for (int i = 0; i < special.length; i++) {
      special[i] = text.spans().get(i).special();
    }
    TrustAssessment assessment =
        TrustAssessment.of(GroupAggregation.sum(weights.values(), wordOf, count))
            .positions(weights.values(), special)
            .seed(options.seed());
    if (weights.completenessError().isPresent()) {
      assessment = assessment.completeness(weights.completenessError().getAsDouble());
    }
    MaskEvaluations known = ofUnits;
    boolean same = options.granularity() == Granularity.WORD && text.target().contrast().isEmpty();
    if (known != null && same) {
      return assessment.assess(known);
    }
    int spent = known == null ? 0 : known.forwardPasses();
    return assessment.assess(evaluations(text.target()::score, wordOf, count, spent));
  }

  private MaskEvaluations evaluations(
      ToDoubleFunction<float[]> value, int[] groupOf, int groups, int spent) {
    MaskedTarget ofPositions =
        kept -> versions.scores(List.of(kept)).stream().mapToDouble(value).toArray();
    return new MaskEvaluations(
        groups, ofPositions.grouped(groupOf, groups), Math.max(1, options.budget() - spent));
  }
}

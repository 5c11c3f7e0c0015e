package io.github.attentive.samples.walkthrough;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.BlackBoxExplainer;
import io.github.attentive.Dataset;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.LabelledText;
import io.github.attentive.Method;
import io.github.attentive.Recipe;
import io.github.attentive.TextInput;
import io.github.attentive.TrainingOptions;
import io.github.attentive.TrustCard;
import io.github.attentive.Word;
import io.github.attentive.samples.data.OwnTexts;
import io.github.attentive.viz.Bars;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Compares methods of explanation by their trust cards on texts held out from training, and with
 * two controls that know nothing: random weights, and the best method's weights dealt out among the
 * words of each text. A card that can be trusted tells them apart.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar \
 *     io.github.attentive.samples.walkthrough.TrustedExplanations --texts 40
 * }</pre>
 *
 * <p>An encoder is trained from scratch, in a minute or so; {@code --model} takes one that is
 * there.
 */
@Command(
    name = "TrustedExplanations",
    mixinStandardHelpOptions = true,
    description = "Compares methods of explanation, and two that know nothing, by trust cards.")
public final class TrustedExplanations extends ReviewsProgram {
  private static final int EPOCHS = 12;

  private static final List<Method> METHODS =
      List.of(
          Method.ATTENTION,
          Method.ROLLOUT,
          Method.RELEVANCE,
          Method.INTEGRATED_GRADIENTS,
          Method.INPUT_GRADIENT,
          Method.OCCLUSION,
          Method.LIME,
          Method.SHAP);

  @Option(names = "--model", paramLabel = "DIR", description = "default: one is trained")
  private @Nullable Path model;

  @Option(
      names = "--texts",
      paramLabel = "N",
      description = "explain so many of those held out; default: ${DEFAULT-VALUE}")
  private int texts = 40;

  private TrustedExplanations(PrintStream print) {
    super(print);
  }

  /**
   * Runs it.
   *
   * @param arguments see above
   * @throws IllegalArgumentException if it fails; why stands on standard error
   */
  public static void main(String[] arguments) {
    runOnConsole(TrustedExplanations::run, arguments);
  }

  static int run(String[] arguments, PrintStream print) {
    return new CommandLine(new TrustedExplanations(print)).execute(arguments);
  }

  @Override
  public Integer call() throws IOException {
    if (texts < 1) {
      throw new InvalidInputException("--texts: expected at least 1, got " + texts);
    }
    Dataset.Split split = split(OwnTexts.sentences());
    if (model == null) {
      train(TrainingOptions.builder(Recipe.BERT), EPOCHS, split);
    }
    Files.createDirectories(out);
    try (AttentionExplainer explainer =
        AttentionExplainer.load(model == null ? modelFolder() : model)) {
      evaluate(explainer, split.heldOut().alignedWith(explainer.labels()));
      List<MethodCards> compared = compare(explainer, sample(split.heldOut()));
      print.println(MethodCards.head());
      compared.forEach(method -> print.println(method.row()));
      draw(compared, "Comprehensiveness", TrustCard::comprehensiveness);
      draw(compared, "Random percentile", TrustCard::randomPercentile);
    }
    print.println("wrote pictures to " + out);
    return 0;
  }

  private List<TextInput> sample(Dataset heldOut) {
    List<TextInput> all = new ArrayList<>();
    heldOut.examples().stream().map(LabelledText::input).forEach(all::add);
    Collections.shuffle(all, new Random(seed));
    return all.subList(0, Math.min(texts, all.size()));
  }

  /** The methods' cards, then those of the controls. */
  private List<MethodCards> compare(AttentionExplainer explainer, List<TextInput> inputs) {
    List<MethodCards> compared = new ArrayList<>();
    List<List<Explanation>> explanations = new ArrayList<>();
    for (Method method : METHODS) {
      List<Explanation> ofMethod = explainer.explainAll(inputs, options(method));
      explanations.add(ofMethod);
      compared.add(
          new MethodCards(
              method.id(), ofMethod.stream().map(e -> e.trust().orElseThrow()).toList()));
    }
    MethodCards best =
        Collections.max(
            compared, Comparator.comparingDouble(m -> m.mean(TrustCard::comprehensiveness)));
    List<Explanation> ofBest = explanations.get(compared.indexOf(best));
    // Not the seed of the cards, whose own random orders these must not repeat.
    Random random = new Random(~seed);
    BlackBoxExplainer assessor = BlackBoxExplainer.of(explainer);
    compared.add(control(assessor, best.name() + ", shuffled", ofBest, e -> shuffled(e, random)));
    compared.add(
        control(assessor, "random", ofBest, e -> random.doubles(e.words().size()).toArray()));
    return compared;
  }

  private ExplainOptions options(Method method) {
    return ExplainOptions.builder().method(method).seed(seed).trust(true).build();
  }

  private interface Weights {
    double[] of(Explanation explanation);
  }

  private MethodCards control(
      BlackBoxExplainer assessor, String name, List<Explanation> explanations, Weights weights) {
    return new MethodCards(
        name,
        explanations.stream()
            .map(e -> assessor.assess(e.input(), weights.of(e), options(Method.OCCLUSION)))
            .toList());
  }

  private static double[] shuffled(Explanation explanation, Random random) {
    List<Float> weights = new ArrayList<>(explanation.words().stream().map(Word::weight).toList());
    Collections.shuffle(weights, random);
    return weights.stream().mapToDouble(Float::doubleValue).toArray();
  }

  private void draw(List<MethodCards> compared, String title, ToDoubleFunction<TrustCard> number)
      throws IOException {
    Svg figure =
        Bars.of(
                compared.stream().map(MethodCards::name).toList(),
                compared.stream().mapToDouble(method -> method.mean(number)).toArray())
            .errors(compared.stream().mapToDouble(method -> method.margin(number)).toArray())
            .title("%s of %s texts".formatted(title, compared.get(0).cards().size()))
            .valueTitle("%s, mean and its 95 %% interval".formatted(title))
            .render();
    figure.write(out.resolve(title.toLowerCase(Locale.ROOT).replace(' ', '-') + ".svg"));
  }
}

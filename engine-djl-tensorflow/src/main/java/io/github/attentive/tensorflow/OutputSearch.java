package io.github.attentive.tensorflow;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.runtime.ForeignOutput;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Finds out which outputs of a foreign model are what, from what it gave for several texts.
 *
 * <p>The names in {@code attentive.json} win. Else attention is every output with an axis for
 * queries and one for keys whose rows sum to 1, or, without those, one with an axis for keys; the
 * scores are {@code [batch, units]}. Where the positions are as many as the units, an output is
 * attention whose weight of padding is 0 or the same for all padding, or which follows the words
 * when they change places; then the scores are what are probabilities; then the names decide.
 * Outputs that are neither are left alone.
 */
final class OutputSearch {
  private static final List<String> OF_ATTENTION = List.of("att", "weight", "alpha");
  private static final List<String> OF_SCORES =
      List.of(
          "pred",
          "output",
          "score",
          "logit",
          "prob",
          "class",
          "label",
          "sentiment",
          "softmax",
          "sigmoid");

  private final List<ProbeRun> runs;
  private final List<ProbeRun> twoOrders;
  private final KerasSettings settings;
  private final List<String> names;
  private final List<String> remarks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * Takes what the search needs.
   *
   * @param runs of texts of several lengths, each alone
   * @param twoOrders of the same two words in both orders; may be empty
   * @param settings beside the model
   */
  OutputSearch(List<ProbeRun> runs, List<ProbeRun> twoOrders, KerasSettings settings) {
    this.runs = runs;
    this.twoOrders = twoOrders;
    this.settings = settings;
    this.names = List.copyOf(runs.get(0).outputs().keySet());
  }

  /** What is as it should be, a sentence each without its subject. */
  List<String> remarks() {
    return remarks;
  }

  /** What the model's owner should know, likewise. */
  List<String> warnings() {
    return warnings;
  }

  /**
   * Searches.
   *
   * @throws ModelLoadException if there are no scores, or what is what cannot be told
   */
  OutputRoles roles() {
    Optional<String> namedAttention = settings.attentionOutput();
    namedAttention.ifPresent(this::requireAttention);
    List<String> squares =
        namedAttention.isPresent() ? List.of() : among(names, this::isSquareAttention);
    String scores = scores(namedAttention);
    List<String> attention =
        namedAttention.isPresent()
            ? List.of(namedAttention.get())
            : squares.isEmpty() ? pooling(scores) : squares;
    int heads = attention.isEmpty() ? 0 : heads(attention.get(0));
    if (attention.stream().anyMatch(name -> heads(name) != heads)) {
      throw ambiguous("as many heads in every layer of attention", attention);
    }
    OutputRoles roles = new OutputRoles(scores, units(scores), attention, heads);
    remarkOthers(roles);
    return roles;
  }

  private void remarkOthers(OutputRoles roles) {
    for (String name : names) {
      if (!roles.isWanted(name)) {
        String output = runs.get(0).output(name).toString();
        if (runs.stream().allMatch(run -> isSquare(run, name))) {
          warnings.add(
              "has an output %s in the shape of attention whose rows do not sum to 1, which is left"
                      .formatted(output)
                  + " alone");
        } else {
          remarks.add("has a further output %s, which is left alone".formatted(output));
        }
      }
    }
  }

  private static List<String> among(List<String> names, Predicate<String> predicate) {
    return names.stream().filter(predicate).toList();
  }

  private boolean every(Predicate<ProbeRun> predicate) {
    return runs.stream().allMatch(predicate);
  }

  private static boolean isSquare(ProbeRun run, String name) {
    return run.layout(name).filter(layout -> layout != AttentionLayout.POOLING).isPresent();
  }

  private boolean isSquareAttention(String name) {
    return every(run -> isSquare(run, name) && run.mayBeAttention(name));
  }

  private boolean mayBeAttention(String name) {
    return every(run -> run.mayBeAttention(name));
  }

  private int heads(String name) {
    ProbeRun run = runs.get(0);
    return run.layout(name).orElseThrow().heads(run.output(name).shape());
  }

  private int units(String name) {
    return Math.max(1, runs.get(0).output(name).size(1));
  }

  private boolean mayBeScores(String name) {
    return every(run -> run.mayBeScores(name))
        && runs.stream().map(run -> run.output(name).values().length).distinct().count() == 1;
  }

  private void requireAttention(String name) {
    requireOutput(name);
    if (!mayBeAttention(name)) {
      throw new ModelLoadException(
          "output '%s', which %s calls attention: expected [batch, positions, positions], [batch,"
                  .formatted(name, KerasSettings.SETTINGS)
              + " heads, positions, positions] or [batch, positions] with rows that sum to 1, got "
              + given());
    }
  }

  private void requireOutput(String name) {
    if (!names.contains(name)) {
      throw new ModelLoadException(
          "outputs of %s: expected some of %s, got '%s'"
              .formatted(KerasSettings.SETTINGS, names, name));
    }
  }

  private String scores(Optional<String> attention) {
    Optional<String> named = settings.scoresOutput();
    if (named.isPresent()) {
      requireOutput(named.get());
      if (!mayBeScores(named.get())) {
        throw new ModelLoadException(
            "output '%s', which %s calls scores: expected [batch, labels], got %s"
                .formatted(named.get(), KerasSettings.SETTINGS, given()));
      }
      return named.get();
    }
    List<String> found =
        among(names, name -> mayBeScores(name) && !attention.filter(name::equals).isPresent());
    if (found.isEmpty()) {
      throw new ModelLoadException(
          "expected an output [batch, labels] of floats, the scores, got "
              + given()
              + "; export a model that classifies");
    }
    found = without(found, this::isSurelyPooling);
    if (found.size() > 1) {
      List<String> probabilities = among(found, this::isProbabilities);
      found = probabilities.size() == 1 ? probabilities : found;
    }
    return found.size() == 1 ? found.get(0) : byName(found);
  }

  /** Those left, unless none would be. */
  private static List<String> without(List<String> names, Predicate<String> unwanted) {
    List<String> left = among(names, unwanted.negate());
    return left.isEmpty() ? names : left;
  }

  private String byName(List<String> found) {
    List<String> called = among(found, name -> has(name, OF_SCORES) && !has(name, OF_ATTENTION));
    List<String> left = called.size() == 1 ? called : without(found, n -> has(n, OF_ATTENTION));
    if (left.size() != 1) {
      throw ambiguous("one output [batch, labels], the scores", found);
    }
    warnings.add(
        "has several outputs that may be the scores, %s; '%s' is taken for its name"
            .formatted(found, left.get(0)));
    return left.get(0);
  }

  /** Whether the name of an output says that it holds logits. */
  static boolean isCalledLogits(String name) {
    return has(name, List.of("logit"));
  }

  private static boolean has(String name, List<String> parts) {
    return parts.stream().anyMatch(name.toLowerCase(Locale.ROOT)::contains);
  }

  private ModelLoadException ambiguous(String expected, List<String> found) {
    return new ModelLoadException(
        "expected %s, got %s; say in %s which is what: {\"outputs\": {\"scores\": \"...\","
                .formatted(
                    expected,
                    found.stream().map(name -> runs.get(0).output(name)).toList(),
                    KerasSettings.SETTINGS)
            + " \"attention\": \"...\"}}");
  }

  private List<String> pooling(String scores) {
    List<String> found = among(names, name -> !name.equals(scores) && mayBeAttention(name));
    if (found.size() > 1) {
      List<String> sure = among(found, this::isSurelyPooling);
      found = sure.isEmpty() ? found : sure;
    }
    if (found.size() > 1) {
      throw ambiguous("at most one output of attention with one query", found);
    }
    if (found.size() == 1 && mayBeScores(found.get(0)) && !isSurelyPooling(found.get(0))) {
      warnings.add(
          "has an output %s whose rows sum to 1, which is taken for attention"
              .formatted(runs.get(0).output(found.get(0))));
    }
    return found;
  }

  /** Whether it may be attention, and scores would not be as it is. */
  private boolean isSurelyPooling(String name) {
    if (!mayBeAttention(name)) {
      return false;
    }
    List<ProbeRun> padded =
        runs.stream().filter(run -> run.tokens() + 1 < run.positions()).toList();
    boolean byPadding =
        !padded.isEmpty()
            && padded.stream()
                .allMatch(run -> run.padsWeighNothing(name) || run.padsWeighTheSame(name));
    boolean onePosition = every(run -> run.positions() == 1);
    return byPadding || onePosition || followsWords(name);
  }

  private boolean followsWords(String name) {
    if (twoOrders.size() < 2) {
      return false;
    }
    float[] one = twoOrders.get(0).output(name).values();
    float[] other = twoOrders.get(1).output(name).values();
    return one.length > 1
        && Math.abs(one[0] - other[1]) <= 1e-6
        && Math.abs(one[1] - other[0]) <= 1e-6
        && Math.abs(one[0] - one[1]) > 1e-4;
  }

  private boolean isProbabilities(String name) {
    HeadMeaning meaning =
        HeadMeaning.of(runs.stream().map(run -> run.output(name).values()).toList());
    return meaning == HeadMeaning.ONE_PROBABILITY || meaning == HeadMeaning.PROBABILITIES;
  }

  private String given() {
    return Stream.of(runs.get(0), runs.get(runs.size() - 1))
        .distinct()
        .map(
            run ->
                "%s for a text of %s tokens"
                    .formatted(
                        run.outputs().values().stream().map(ForeignOutput::toString).toList(),
                        run.tokens()))
        .toList()
        .toString();
  }
}

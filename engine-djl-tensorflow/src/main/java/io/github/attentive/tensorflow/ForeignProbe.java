package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.runtime.ModelInputs;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a foreign model on some texts, and so finds out what cannot be read from its graph. */
final class ForeignProbe {
  /** How far, relative to numbers above 1, results may differ that should be the same. */
  private static final double ROUNDING = 1e-4;

  private final ForeignFunction function;
  private final ForeignText text;
  private final KerasSettings settings;
  private final boolean graphMasks;
  private final TextEncoder encoder;
  private final ModelInputs inputs;
  private final ProbeTexts texts;
  private final List<String> remarks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  /**
   * What was found out.
   *
   * @param roles which output is what
   * @param meaning of the scores
   * @param masks whether the model masks its padding
   * @param answersEmpty whether it gives numbers for a text without tokens
   * @param batches whether several texts may run together
   * @param remarks what is as it should be, a sentence each without its subject
   * @param warnings what the model's owner should know, likewise
   */
  record Result(
      OutputRoles roles,
      HeadMeaning meaning,
      boolean masks,
      boolean answersEmpty,
      boolean batches,
      List<String> remarks,
      List<String> warnings) {}

  /**
   * Takes what the probe needs.
   *
   * @param function to be probed
   * @param text how it reads texts
   * @param settings beside the model
   * @param graphMasks whether its graph has a mask for padding
   */
  ForeignProbe(
      ForeignFunction function, ForeignText text, KerasSettings settings, boolean graphMasks) {
    this.function = function;
    this.text = text;
    this.settings = settings;
    this.graphMasks = graphMasks;
    this.encoder = text.tokens();
    this.inputs = text.inputs(Optional.empty());
    this.texts = new ProbeTexts(text);
  }

  /**
   * Says whether a model that takes texts cuts them as it was read from its graph: what differs
   * only in what is said to make no difference has to give the same numbers.
   *
   * @throws ModelLoadException if the model fails
   */
  boolean cutsAsRead() {
    Map<List<Long>, Map<String, ForeignOutput>> byTokens = new LinkedHashMap<>();
    for (String variant : texts.variants()) {
      List<Long> ids = Arrays.stream(encoder.encode(TextInput.of(variant)).ids()).boxed().toList();
      Map<String, ForeignOutput> given = uncut(variant);
      Map<String, ForeignOutput> before = byTokens.putIfAbsent(ids, given);
      if (before != null && !isSame(before, given)) {
        return false;
      }
    }
    return true;
  }

  private Map<String, ForeignOutput> uncut(String variant) {
    long[] shape = new long[text.textAxes()];
    Arrays.fill(shape, 1);
    return tried(variant, new HostArray.Texts(shape, List.of(variant)));
  }

  private static boolean isSame(Map<String, ForeignOutput> one, Map<String, ForeignOutput> other) {
    return one.keySet().stream()
        .allMatch(
            name ->
                one.get(name).values().length == other.get(name).values().length
                    && isSame(one.get(name).values(), other.get(name).values()));
  }

  /**
   * Probes.
   *
   * @throws ModelLoadException if the model fails, gives no scores, or cannot be relied upon
   */
  Result result() {
    List<String> several = texts.ofSeveralLengths();
    List<ProbeRun> runs = several.stream().map(this::alone).toList();
    OutputSearch search =
        new OutputSearch(runs, texts.ofTwoOrders().stream().map(this::alone).toList(), settings);
    OutputRoles roles = search.roles();
    remarks.addAll(search.remarks());
    warnings.addAll(search.warnings());
    HeadMeaning meaning = meaning(runs, roles);
    if (!isSame(scores(runs.get(0), roles), scores(alone(several.get(0)), roles))) {
      throw new ModelLoadException(
          "expected the same scores for the same text, got others at the second run; was it exported"
              + " with dropout? Export it for inference, training=False");
    }
    boolean batches = batches(runs, several, roles);
    boolean masks = settings.maskPadding().orElseGet(() -> masks(runs, several, roles, batches));
    return new Result(roles, meaning, masks, answersEmpty(roles), batches, remarks, warnings);
  }

  private ProbeRun alone(String probe) {
    EncodedText encoded = encoder.encode(TextInput.of(probe));
    HostArray input = inputs.of(List.of(TextInput.of(probe)), List.of(encoded)).get(0);
    return new ProbeRun(encoded.length(), positions(encoded), tried(probe, input));
  }

  private int positions(EncodedText encoded) {
    return text.positions() > 0 ? text.positions() : encoded.length();
  }

  private Map<String, ForeignOutput> tried(String probe, HostArray input) {
    try {
      return function.run(input, name -> true);
    } catch (InferenceException e) {
      throw new ModelLoadException(
          "expected a model that reads the text '%s' as %s '%s' %s; %s"
                  .formatted(
                      probe.length() > 60 ? probe.substring(0, 60) + "..." : probe,
                      function.signature().input().getDtype(),
                      function.signature().inputName(),
                      Arrays.toString(input.shape()),
                      e.getMessage())
              + (text.takesTexts()
                  ? ""
                  : "; is the vocabulary of %s words that of the model?"
                      .formatted(text.vocabulary().size())),
          e);
    }
  }

  private static float[] scores(ProbeRun run, OutputRoles roles) {
    return run.output(roles.scores()).values();
  }

  /** Of many texts, since a few may lie in a range by chance. */
  private HeadMeaning meaning(List<ProbeRun> runs, OutputRoles roles) {
    List<float[]> scores = new ArrayList<>();
    runs.forEach(run -> scores.add(scores(run, roles)));
    texts.ofEachWord().forEach(word -> scores.add(scores(alone(word), roles)));
    for (float[] ofText : scores) {
      for (float score : ofText) {
        if (!Float.isFinite(score)) {
          throw new ModelLoadException(
              "expected finite scores, got %s in output '%s'; the weights are damaged"
                  .formatted(score, roles.scores()));
        }
      }
    }
    // A small model's logits may all be between 0 and 1.
    HeadMeaning meaning =
        OutputSearch.isCalledLogits(roles.scores())
            ? HeadMeaning.ofLogits(roles.units())
            : HeadMeaning.of(scores);
    if (meaning != HeadMeaning.VALUE) {
      remarks.add(
          switch (meaning) {
            case ONE_PROBABILITY, PROBABILITIES ->
                "gives probabilities, not logits, in '%s'".formatted(roles.scores());
            case INDEPENDENT ->
                "gives probabilities that do not sum to 1 in '%s': several labels may apply"
                    .formatted(roles.scores());
            default -> "gives numbers in '%s' that are taken for logits".formatted(roles.scores());
          });
    }
    return meaning;
  }

  private static boolean isSame(float[] expected, float[] found) {
    for (int i = 0; i < expected.length; i++) {
      boolean same =
          Math.abs(found[i] - expected[i]) <= ROUNDING * Math.max(1, Math.abs(expected[i]));
      if (!same && !(Float.isNaN(found[i]) && Float.isNaN(expected[i]))) {
        return false;
      }
    }
    return true;
  }

  private boolean batches(List<ProbeRun> runs, List<String> several, OutputRoles roles) {
    long batch = function.signature().batch();
    if (batch > 1) {
      throw new ModelLoadException(
          "input '%s': expected any number of texts at once, or one, got %s always; export the model"
                  .formatted(function.signature().inputName(), batch)
              + " with a batch of None");
    }
    int last = runs.size() - 1;
    List<String> together =
        text.positions() > 0
            ? List.of(several.get(0), several.get(last))
            : List.of(several.get(last), several.get(last));
    int expected = text.positions() > 0 ? 0 : last;
    if (batch == 1) {
      remarks.add("takes one text at a time");
      return false;
    }
    try {
      float[] given = scoresOfBatch(together, roles);
      int units = roles.units();
      boolean same =
          isSame(scores(runs.get(expected), roles), Arrays.copyOf(given, units))
              && isSame(scores(runs.get(last), roles), Arrays.copyOfRange(given, units, 2 * units));
      if (!same) {
        warnings.add("gives other results for a text in a batch; texts run one at a time");
      }
      return same;
    } catch (InferenceException e) {
      warnings.add("takes one text at a time only (" + e.getMessage() + ")");
      return false;
    }
  }

  private float[] scoresOfBatch(List<String> together, OutputRoles roles) {
    return roles
        .scoresOf(function.run(input(together), roles::isWanted), together.size())
        .orElseThrow(() -> new InferenceException("the scores do not come one row a text"))
        .values();
  }

  private HostArray input(List<String> together) {
    List<TextInput> given = together.stream().map(TextInput::of).toList();
    return inputs.of(given, encoder.encodeAll(given)).get(0);
  }

  private boolean masks(
      List<ProbeRun> runs, List<String> several, OutputRoles roles, boolean batches) {
    List<ProbeRun> padded = new ArrayList<>(runs.stream().filter(ProbeRun::hasPadding).toList());
    if (text.positions() == 0 && batches && !roles.attention().isEmpty()) {
      padded = besideLonger(several, runs, roles);
    }
    if (roles.attention().isEmpty() || padded.isEmpty()) {
      return graphMasks;
    }
    List<ProbeRun> all = padded;
    return roles.attention().stream()
        .allMatch(name -> all.stream().allMatch(run -> run.padsWeighNothing(name)));
  }

  /** The shortest text as it runs beside the longest. */
  private List<ProbeRun> besideLonger(
      List<String> several, List<ProbeRun> runs, OutputRoles roles) {
    int longest = runs.get(runs.size() - 1).tokens();
    try {
      Map<String, ForeignOutput> given =
          function.run(
              input(List.of(several.get(0), several.get(several.size() - 1))), roles::isWanted);
      Map<String, ForeignOutput> first = new LinkedHashMap<>();
      given.forEach((name, output) -> first.put(name, firstOf(output)));
      ProbeRun run = new ProbeRun(runs.get(0).tokens(), longest, first);
      return run.hasPadding() && roles.layersOf(first, 1, longest).isPresent()
          ? List.of(run)
          : List.of();
    } catch (InferenceException e) {
      return List.of();
    }
  }

  private static ForeignOutput firstOf(ForeignOutput both) {
    long[] shape = both.shape().clone();
    shape[0] = 1;
    float[] values = Arrays.copyOf(both.values(), both.values().length / 2);
    return new ForeignOutput(both.name(), true, new HostArray.Floats(shape, values));
  }

  private boolean answersEmpty(OutputRoles roles) {
    TextInput empty = TextInput.of("");
    EncodedText padding = text.padding().encode(empty);
    try {
      Map<String, ForeignOutput> given =
          function.run(inputs.of(List.of(empty), List.of(padding)).get(0), roles::isWanted);
      ProbeRun run = new ProbeRun(0, positions(padding), given);
      return roles.scoresOf(given, 1).isPresent()
          && roles.layersOf(given, 1, run.positions()).isPresent()
          && given.keySet().stream().allMatch(run::isFinite);
    } catch (InferenceException e) {
      return false;
    }
  }
}

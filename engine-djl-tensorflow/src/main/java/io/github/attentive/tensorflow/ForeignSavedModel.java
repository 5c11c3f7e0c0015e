package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.ProblemType;
import io.github.attentive.djl.graph.SmallGraphs;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.runtime.ForeignModel;
import io.github.attentive.djl.runtime.GraphModel;
import io.github.attentive.djl.runtime.HeadOutputs;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.runtime.ModelInputs;
import io.github.attentive.djl.text.KerasTextEncoder;
import io.github.attentive.djl.text.TextVectorization;
import io.github.attentive.djl.text.Vocabulary;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Opens SavedModels that Keras or TensorFlow wrote: classifiers of tokens, with the words beside
 * them, or of texts, with the vectoriser inside.
 */
final class ForeignSavedModel {
  /** What {@link ModelInfo#family()} says. */
  static final String FAMILY = "savedmodel";

  /** How long a text may be where nothing says so: attention has a weight for each pair. */
  private static final int USUAL_POSITIONS = 4096;

  /** How long the longest probe is at most. */
  private static final int LONGEST_PROBE = 8;

  /** How far probabilities may be from the sum 1. */
  private static final double ROUNDING = 1e-4;

  private static final String NO_WORDS_FOUND =
      "cuts its texts in a way that is not read; tokens are shown as words between blanks, without"
          + " their numbers";

  private final Path directory;
  private final LoadOptions options;
  private final KerasSettings settings;
  private final ForeignSignature signature;
  private final boolean comparesWithPadding;
  private final List<String> findings = new ArrayList<>();

  private TextVectorization vectorization;
  private Vocabulary vocabulary;

  /** Of every text; 0 for as many as it has. */
  private int positions;

  private ForeignSavedModel(Path directory, LoadOptions options) {
    this.directory = directory;
    this.options = options;
    this.settings = KerasSettings.of(directory);
    SavedModelDirectory files = SavedModelDirectory.read(directory);
    this.signature = ForeignSignature.of(files, settings.idsInput());
    this.comparesWithPadding =
        SavedModelDirectory.nodes(files.meta().getGraphDef())
            .anyMatch(node -> node.getOp().equals("NotEqual"));
    Optional<TextLayer> inside =
        signature.takesTexts() ? TextLayer.of(files.meta().getGraphDef()) : Optional.empty();
    if (inside.isPresent()) {
      vectorization = inside.get().vectorization();
      vocabulary = inside.get().vocabulary();
    } else {
      vectorization = settings.vectorization();
      vocabulary = wordsBeside();
    }
    positions =
        signature.positions() > 0
            ? signature.positions()
            : inside
                .map(TextLayer::positions)
                .filter(java.util.OptionalInt::isPresent)
                .orElse(settings.sequenceLength())
                .orElse(0);
  }

  private Vocabulary wordsBeside() {
    if (!signature.takesTexts()) {
      return settings.vocabulary(Integer.MAX_VALUE);
    }
    Optional<Vocabulary> beside = settings.vocabulary();
    if (beside.isEmpty()) {
      findings.add(NO_WORDS_FOUND);
    }
    return beside.orElseGet(() -> Vocabulary.of(List.of("", Vocabulary.UNKNOWN_WORD)));
  }

  /**
   * The SavedModel that a path means.
   *
   * @param model an existing path
   * @return the directory, not looked into; empty if it is none, or has another model
   */
  static Optional<Path> at(Path model) {
    return Files.isRegularFile(model.resolve(SavedModelFile.NAME))
            && ModelDirectory.objection(model).isPresent()
        ? Optional.of(model)
        : Optional.empty();
  }

  /**
   * Opens a SavedModel.
   *
   * @param directory what {@link #at} gave
   * @param options consent, device, limits
   * @param engine the engine's name
   * @return the model
   * @throws ModelLoadException if consent is missing, or a file is missing, damaged, not supported,
   *     or contradicts another
   * @throws io.github.attentive.EngineUnavailableException if the engine cannot start
   */
  static EngineModel open(Path directory, LoadOptions options, String engine) {
    if (!options.trustForeignGraph()) {
      throw new ModelLoadException(
          directory
              + ": expected consent to open it, got none: a SavedModel is a program, which can do"
              + " what it likes with the rights of this process; if you trust where it is from, say"
              + " LoadOptions.builder().trustForeignGraph(true). A model.keras file holds numbers"
              + " alone and needs no consent");
    }
    return new ForeignSavedModel(directory, options).open(engine);
  }

  private EngineModel open(String engine) {
    SavedModelSession session =
        SavedModelSession.load(
            directory, options.device(), SmallGraphs.threadsOfFile(size(), options.threads()));
    ForeignSession graph = new ForeignSession(session, signature);
    try {
      return model(engine, graph);
    } catch (RuntimeException | Error e) {
      graph.close();
      throw e;
    }
  }

  private long size() {
    try (Stream<Path> files = Files.walk(directory, 2)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    } catch (IOException e) {
      throw new ModelLoadException(directory + ": cannot be read: " + e, e);
    }
  }

  private EngineModel model(String engine, ForeignSession graph) {
    List<ForeignProbe> probes = probes(graph);
    Path file = directory.resolve(SavedModelFile.NAME);
    ForeignRoles roles =
        ForeignRoles.of(file, probes, settings.scoresOutput(), settings.attentionOutput());
    if (roles.byName()) {
      findings.add(
          "has several outputs that might be its scores; '"
              + roles.scores()
              + "' was chosen by its name");
    }
    graph.assign(roles);
    requireFinite(file, probes, roles.scores());
    boolean masked = masks(probes, roles);
    HeadOutputs outputs = outputs(probes, roles);
    ProblemType problemType = problemType(probes, roles, outputs);
    boolean twoOfOne = roles.classes() == 1 && problemType == ProblemType.SINGLE_LABEL;
    KerasTextEncoder encoder = encoder(graph, masked, roles);
    ModelInfo info =
        new ModelInfo(
            engine,
            FAMILY,
            roles.attentions().size(),
            heads(probes, roles),
            encoder.maxLength(),
            settings.labels(twoOfOne ? 2 : roles.classes(), twoOfOne),
            problemType);
    return new ForeignModel(
        new GraphModel(
            info,
            PositionsRead.ALL,
            encoder,
            inputs(masked),
            outputs,
            graph,
            signature.batch() == 1 ? 1 : options.batchSize()),
        findings);
  }

  private ModelInputs inputs(boolean masked) {
    return signature.takesTexts()
        ? new TextInputs(signature.textAxes(), positions > 0, masked ? unknownWord() : "")
        : BatchInputs.ofTokens(positions);
  }

  /** A word that is not in the vocabulary, as the model cuts it. */
  private String unknownWord() {
    return IntStream.iterate(1, i -> i + 1)
        .mapToObj("q"::repeat)
        .filter(word -> vocabulary.idOf(word) == Vocabulary.UNKNOWN)
        .findFirst()
        .orElseThrow();
  }

  /** Texts of one word, of a few and of many, the last word of the vocabulary among them. */
  private List<ForeignProbe> probes(ForeignSession graph) {
    List<String> words =
        vocabulary.size() > 2
            ? vocabulary.words().subList(2, vocabulary.size())
            : List.of("good", "film", "never", "again");
    int longest = positions > 0 ? Math.min(positions, LONGEST_PROBE) : LONGEST_PROBE;
    List<ForeignProbe> probes = new ArrayList<>();
    for (int length : new int[] {1, Math.max(1, longest / 2), longest}) {
      List<String> text =
          IntStream.range(0, length)
              .mapToObj(i -> words.get(words.size() - 1 - i % words.size()))
              .toList();
      probes.add(probe(graph, text));
    }
    return probes;
  }

  private ForeignProbe probe(ForeignSession graph, List<String> words) {
    int all = positions > 0 ? positions : words.size();
    HostArray input;
    if (signature.takesTexts()) {
      String joint = vectorization.split() == TextVectorization.Split.WHITESPACE ? " " : "";
      input =
          new TextInputs(signature.textAxes(), false, "").array(List.of(String.join(joint, words)));
    } else {
      long[] ids = new long[all];
      for (int i = 0; i < words.size(); i++) {
        ids[i] = vocabulary.idOf(words.get(i));
      }
      input = new HostArray.Longs(new long[] {1, all}, ids);
    }
    Map<String, HostArray.Floats> outputs;
    try {
      outputs = graph.runAll(input);
    } catch (InferenceException e) {
      throw new ModelLoadException(
          "%s: expected a model that reads a text of %s tokens of a vocabulary of %s words; %s"
              .formatted(directory, words.size(), vocabulary.size(), e.getMessage()),
          e);
    }
    return new ForeignProbe(words.size(), positionsOf(outputs, all), outputs);
  }

  /** A text's positions are not known where the model cuts it: its attention shows them. */
  private int positionsOf(Map<String, HostArray.Floats> outputs, int expected) {
    if (positions > 0 || !signature.takesTexts()) {
      return expected;
    }
    for (HostArray.Floats output : outputs.values()) {
      long[] shape = output.shape();
      if (shape.length >= 3 && shape[shape.length - 1] == shape[shape.length - 2]) {
        return Math.toIntExact(shape[shape.length - 1]);
      }
    }
    return expected;
  }

  private static void requireFinite(Path file, List<ForeignProbe> probes, String scores) {
    for (ForeignProbe probe : probes) {
      for (float score : probe.values(scores)) {
        if (!Float.isFinite(score)) {
          throw new ModelLoadException(
              "%s: output '%s': expected finite numbers for a text of %s tokens, got %s"
                  .formatted(file, scores, probe.tokens(), score));
        }
      }
    }
  }

  private boolean masks(List<ForeignProbe> probes, ForeignRoles roles) {
    if (settings.maskPadding().isPresent()) {
      return settings.maskPadding().get();
    }
    List<ForeignProbe> padded =
        probes.stream().filter(probe -> probe.tokens() < probe.positions()).toList();
    return roles.attentions().isEmpty() || padded.isEmpty()
        ? comparesWithPadding
        : roles.attentions().stream()
            .allMatch(name -> padded.stream().allMatch(probe -> probe.masks(name)));
  }

  private static HeadOutputs outputs(List<ForeignProbe> probes, ForeignRoles roles) {
    for (ForeignProbe probe : probes) {
      for (float score : probe.values(roles.scores())) {
        if (score < 0 || score > 1) {
          return HeadOutputs.LOGITS;
        }
      }
    }
    return HeadOutputs.PROBABILITIES;
  }

  /** Several probabilities that do not sum to 1 are of labels that do not exclude each other. */
  private static ProblemType problemType(
      List<ForeignProbe> probes, ForeignRoles roles, HeadOutputs outputs) {
    if (outputs == HeadOutputs.LOGITS) {
      return roles.classes() == 1 ? ProblemType.REGRESSION : ProblemType.SINGLE_LABEL;
    }
    for (ForeignProbe probe : probes) {
      double sum = 0;
      for (float score : probe.values(roles.scores())) {
        sum += score;
      }
      if (roles.classes() > 1 && Math.abs(sum - 1) > ROUNDING) {
        return ProblemType.MULTI_LABEL;
      }
    }
    return ProblemType.SINGLE_LABEL;
  }

  private static int heads(List<ForeignProbe> probes, ForeignRoles roles) {
    if (roles.attentions().isEmpty()) {
      return 0;
    }
    long[] shape = probes.get(0).shape(roles.attentions().get(0));
    return shape.length == 4 ? Math.toIntExact(shape[1]) : 1;
  }

  private KerasTextEncoder encoder(ForeignSession graph, boolean masked, ForeignRoles roles) {
    int own = positions > 0 ? positions : USUAL_POSITIONS;
    int limit = Math.min(options.maxLength().orElse(own), own);
    if (masked) {
      KerasTextEncoder encoder = KerasTextEncoder.masked(vectorization, vocabulary, limit);
      boolean defined = !signature.takesTexts() && positions > 0 && isFinite(graph, roles.scores());
      return defined
          ? encoder.withEmptyTextsAsPadding(roles.attentions().isEmpty() ? 1 : positions)
          : encoder;
    }
    return positions > 0
        ? new KerasTextEncoder(vectorization, vocabulary, positions, limit)
        : KerasTextEncoder.unpadded(vectorization, vocabulary, limit);
  }

  /** Whether the model has an answer to a text without tokens. */
  private boolean isFinite(ForeignSession graph, String scores) {
    HostArray padding = new HostArray.Longs(new long[] {1, positions}, new long[positions]);
    for (float score : graph.runAll(padding).get(scores).values()) {
      if (!Float.isFinite(score)) {
        return false;
      }
    }
    return true;
  }
}

package io.github.attentive.tensorflow;

import io.github.attentive.InferenceException;
import io.github.attentive.LoadOptions;
import io.github.attentive.ModelInfo;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.graph.SmallGraphs;
import io.github.attentive.djl.keras.KerasSettings;
import io.github.attentive.djl.runtime.ForeignModel;
import io.github.attentive.djl.runtime.GraphAbilities;
import io.github.attentive.djl.runtime.GraphModel;
import io.github.attentive.djl.runtime.ModelDirectory;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.PositionsRead;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Opens SavedModels that Keras or TensorFlow wrote.
 *
 * <p>The model takes token numbers, which {@code vocabulary.txt} beside it gives, or texts, which
 * it cuts itself. Whether it masks its padding is said in {@code attentive.json}; or padding gets
 * no weight at all in its attention; or, for a model that shows no attention, its graph compares
 * the tokens with 0. A text without tokens is padding alone where the model has an answer to that,
 * one unknown word where it masks its padding and has none, else refused.
 */
final class ForeignSavedModel {
  /** What {@link ModelInfo#family()} says. */
  static final String FAMILY = "savedmodel";

  private static final Logger LOG = LoggerFactory.getLogger(ForeignSavedModel.class);
  private static final String KERAS_SUFFIX = ".keras";

  private final Path file;
  private final SavedModelDirectory files;
  private final KerasSettings settings;
  private final ForeignSignature signature;
  private final List<String> remarks = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();

  private ForeignSavedModel(Path directory) {
    this.file = directory.resolve(SavedModelFile.NAME);
    this.files = SavedModelDirectory.read(directory);
    this.settings = KerasSettings.of(directory);
    this.signature = ForeignSignature.of(files, settings.idsInput());
  }

  /**
   * The SavedModel that a path means: a directory with {@value SavedModelFile#NAME} whose model is
   * in no other file that this library reads.
   *
   * @param model an existing path
   * @return the directory, not looked into; empty if it is none
   */
  static Optional<Path> at(Path model) {
    if (!Files.isRegularFile(model.resolve(SavedModelFile.NAME)) || hasKerasFile(model)) {
      return Optional.empty();
    }
    boolean otherWeights =
        Files.exists(model.resolve(Checkpoint.SINGLE))
            || Files.exists(model.resolve(Checkpoint.INDEX));
    return otherWeights && ModelDirectory.objection(model).isEmpty()
        ? Optional.empty()
        : Optional.of(model);
  }

  private static boolean hasKerasFile(Path directory) {
    try (Stream<Path> all = Files.list(directory)) {
      return all.anyMatch(file -> file.toString().endsWith(KERAS_SUFFIX));
    } catch (IOException e) {
      // Reading the files will say why.
      return false;
    }
  }

  /**
   * Opens a directory.
   *
   * @param directory what {@link #at} gave
   * @param options consent, device, limits
   * @param engine the engine's name
   * @return the model
   * @throws ModelLoadException if consent is missing, or a file is missing, damaged, not supported,
   *     or contradicts another
   * @throws io.github.attentive.EngineUnavailableException if the engine cannot start
   */
  static ForeignModel open(Path directory, LoadOptions options, String engine) {
    ForeignModel.requireConsent(directory, "a SavedModel", options);
    return new ForeignSavedModel(directory).load(options, engine);
  }

  private ForeignModel load(LoadOptions options, String engine) {
    // Whatever the files lack is told before TensorFlow starts.
    Optional<ForeignText> ofTokens =
        signature.takesTexts()
            ? Optional.empty()
            : Optional.of(ForeignText.ofTokens(signature, settings));
    int threads = SmallGraphs.threadsOfFile(files.bytes(), options.threads());
    SavedModelSession session =
        files.hasTransposedFactors()
            ? SavedModelSession.loadUnfused(files.directory(), options.device(), threads)
            : SavedModelSession.load(files.directory(), options.device(), threads);
    try {
      ForeignFunction function = new ForeignFunction(session, signature);
      ForeignModel model =
          named(
              () -> opened(function, ofTokens.orElseGet(() -> ofTexts(function)), options, engine));
      warnings.forEach(warning -> LOG.warn("{}: the model {}", file, warning));
      return model;
    } catch (RuntimeException | Error e) {
      session.close();
      throw e;
    }
  }

  /** What the probe has to say is about the file. */
  private <T> T named(Supplier<T> opening) {
    try {
      return opening.get();
    } catch (ModelLoadException | InferenceException e) {
      String message = String.valueOf(e.getMessage());
      boolean isNamed = message.startsWith(files.directory().toString());
      throw new ModelLoadException(isNamed ? message : file + ": " + message, e);
    }
  }

  /** The layer that cuts texts is believed where the model does what was read. */
  private ForeignText ofTexts(ForeignFunction function) {
    Optional<ForeignText> read =
        TextLayer.of(files.meta().getGraphDef())
            .map(layer -> ForeignText.ofTexts(signature, settings, Optional.of(layer)));
    if (read.isPresent() && probe(function, read.get()).cutsAsRead()) {
      remarks.add(
          "cuts texts itself, as TextVectorization does; its vocabulary of %s words was found"
              .formatted(read.get().vocabulary().size()));
      return read.get();
    }
    ForeignText text = ForeignText.ofTexts(signature, settings, Optional.empty());
    warnings.add(
        text.surface()
            ? "cuts texts in a way of its own, and its vocabulary is not known: tokens are words"
                + " between white space; put %s beside it".formatted(KerasSettings.VOCABULARY)
            : "cuts texts in a way of its own; tokens are those of %s beside it"
                .formatted(KerasSettings.VOCABULARY));
    return text;
  }

  private ForeignProbe probe(ForeignFunction function, ForeignText text) {
    return new ForeignProbe(function, text, settings, PaddingMask.isIn(files.meta().getGraphDef()));
  }

  private ForeignModel opened(
      ForeignFunction function, ForeignText text, LoadOptions options, String engine) {
    ForeignProbe.Result probed = probe(function, text).result();
    remarks.addAll(probed.remarks());
    warnings.addAll(probed.warnings());
    OutputRoles roles = probed.roles();
    if (signature.outputs().entrySet().stream()
        .anyMatch(
            output ->
                roles.isWanted(output.getKey())
                    && NativeTensor.isOf16Bits(output.getValue().getDtype()))) {
      warnings.add(
          "gives numbers of 16 bits, which have three digits: what should sum to 1 does so to a"
              + " hundredth");
    }
    Head head = head(probed);
    TextEncoder encoder =
        text.encoder(
            probed.masks(),
            probed.answersEmpty(),
            !roles.attention().isEmpty(),
            options.maxLength());
    ModelInfo info =
        new ModelInfo(
            engine,
            FAMILY,
            roles.attention().size(),
            roles.heads(),
            encoder.maxLength(),
            head.labels(),
            head.meaning().problemType());
    GraphModel model =
        new GraphModel(
            info,
            PositionsRead.ALL,
            ForeignModel.ATTENTION,
            GraphAbilities.NONE,
            encoder,
            text.inputs(text.replacementOfEmpty(probed.masks(), probed.answersEmpty())),
            head.meaning().outputs(),
            new ForeignGraph(function, roles, text.positions()),
            probed.batches() ? options.batchSize() : 1);
    return new ForeignModel(model, remarks, warnings);
  }

  /** What the scores mean, with their labels. */
  private record Head(HeadMeaning meaning, List<String> labels) {}

  private Head head(ForeignProbe.Result probed) {
    HeadMeaning meaning = probed.meaning();
    if (meaning == HeadMeaning.VALUE || meaning == HeadMeaning.ONE_LOGIT) {
      HeadMeaning other = meaning == HeadMeaning.VALUE ? HeadMeaning.ONE_LOGIT : HeadMeaning.VALUE;
      try {
        return labelled(meaning, 1);
      } catch (ModelLoadException unlike) {
        try {
          return labelled(other, 1);
        } catch (ModelLoadException neither) {
          throw unlike;
        }
      }
    }
    return labelled(meaning, probed.roles().units());
  }

  private Head labelled(HeadMeaning meaning, int units) {
    boolean twoOfOne = meaning.isTwoOfOne();
    return new Head(meaning, settings.labels(twoOfOne ? 2 : units, twoOfOne));
  }
}

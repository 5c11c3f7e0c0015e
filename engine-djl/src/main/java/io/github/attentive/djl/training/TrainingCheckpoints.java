package io.github.attentive.djl.training;

import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TrainingOptions;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.Safetensors;
import io.github.attentive.djl.checkpoint.SafetensorsWriter;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkpoint of a training, in a folder of the model's directory.
 *
 * <p>The state goes into a file of its own; then the manifest that names it takes the place of the
 * one before, in one move; then older states go. Whenever the process ends, the manifest names a
 * whole state or there is none.
 */
final class TrainingCheckpoints {
  private static final String FOLDER = "checkpoint";
  private static final String MANIFEST = "checkpoint.json";
  private static final Pattern STATES = Pattern.compile("state-\\d+\\.safetensors(\\.part)?");

  /** Where no number of updates is asked for, writing takes this part of the time at most. */
  private static final int LEAST_PAUSE = 20;

  /** What a first checkpoint is taken to cost. */
  private static final long USUAL_NANOS = 50_000_000;

  private final Path folder;
  private final Map<String, String> settings;
  private final TrainingOptions options;
  private final @Nullable CheckpointManifest found;
  private long lastCost = USUAL_NANOS;
  private long lastEnd = System.nanoTime();

  private TrainingCheckpoints(
      Path folder,
      Map<String, String> settings,
      TrainingOptions options,
      @Nullable CheckpointManifest found) {
    this.folder = folder;
    this.settings = settings;
    this.options = options;
    this.found = found;
  }

  /**
   * Finds the checkpoint of an earlier training, or removes it where it is not wanted.
   *
   * @param directory the model's
   * @param settings what a checkpoint to go on from has to agree in
   * @throws InvalidInputException if it does not
   * @throws ModelLoadException if it is damaged
   */
  static TrainingCheckpoints open(
      Path directory, Map<String, String> settings, TrainingOptions options) {
    Path folder = directory.resolve(FOLDER);
    Path manifest = folder.resolve(MANIFEST);
    CheckpointManifest found = null;
    if (options.resume() && Files.exists(manifest)) {
      found = CheckpointManifest.of(JsonFile.read(manifest));
      requireEqual(folder, found.settings(), settings);
    }
    TrainingCheckpoints checkpoints = new TrainingCheckpoints(folder, settings, options, found);
    if (found == null) {
      checkpoints.remove();
    }
    return checkpoints;
  }

  private static void requireEqual(
      Path folder, Map<String, String> theirs, Map<String, String> ours) {
    List<String> differences = new ArrayList<>();
    ours.forEach(
        (name, value) -> {
          String other = theirs.getOrDefault(name, "none");
          if (!value.equals(other)) {
            differences.add("%s %s, now %s".formatted(name, other, value));
          }
        });
    if (!differences.isEmpty()) {
      throw new InvalidInputException(
          "checkpoint %s: expected the settings it was made with, got others: %s; resume with those, or train without resuming"
              .formatted(folder, String.join("; ", differences)));
    }
  }

  /** Where files may lie that have to be there when the training goes on; exists. */
  Path folder() {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new ModelLoadException(folder + ": cannot be made: " + e, e);
    }
    return folder;
  }

  /** Whether there is something to go on from. */
  boolean isResumed() {
    return found != null;
  }

  /** Puts the optimiser where the checkpoint left it, and says where that is. */
  TrainingProgress begin(Updates updates) {
    lastEnd = System.nanoTime();
    if (found == null) {
      return new TrainingProgress();
    }
    Path file = folder.resolve(found.stateFile());
    Map<String, StoredTensor> state = Safetensors.read(file);
    for (Parameter expected : updates.state()) {
      StoredTensor tensor = state.get(expected.name());
      if (tensor == null || !tensor.shape().equals(expected.shape())) {
        throw new ModelLoadException(
            "%s: tensor '%s': expected shape %s, got %s; train without resuming"
                .formatted(
                    file,
                    expected.name(),
                    expected.shape(),
                    tensor == null ? "none" : tensor.shape()));
      }
    }
    updates.restore(found.updates(), name -> state.get(name).parameter().values());
    return found.progress(found.keptEpoch() == 0 ? List.of() : best(updates, state));
  }

  /** Copies, since the file goes when the next checkpoint is there. */
  private static List<Parameter> best(Updates updates, Map<String, StoredTensor> state) {
    return updates.weights().stream()
        .map(
            weight -> {
              StoredTensor stored = state.get(OptimizerState.BEST.of(weight));
              return stored == null
                  ? weight
                  : Parameter.of(weight.name(), weight.shape(), stored.parameter().values());
            })
        .toList();
  }

  /** Writes a checkpoint if it is time for one within an epoch. */
  void afterStep(TrainingProgress progress, Updates updates) {
    if (options.checkpointSteps().isPresent()
        ? progress.updates() % options.checkpointSteps().getAsInt() == 0
        : isCheap()) {
      write(progress, updates);
    }
  }

  /** Writes a checkpoint unless epochs are so short that it would take most of the time. */
  void afterEpoch(TrainingProgress progress, Updates updates) {
    if (options.checkpointSteps().isPresent() || isCheap()) {
      write(progress, updates);
    }
  }

  private boolean isCheap() {
    return System.nanoTime() - lastEnd > LEAST_PAUSE * lastCost;
  }

  /** Writes a checkpoint. */
  void write(TrainingProgress progress, Updates updates) {
    long start = System.nanoTime();
    String name = "state-" + progress.updates() + ".safetensors";
    List<Parameter> state = new ArrayList<>(updates.state());
    for (Parameter weight : progress.best()) {
      if (weight.trainable()) {
        state.add(OptimizerState.BEST.tensor(weight, weight::values));
      }
    }
    try {
      SafetensorsWriter.write(folder().resolve(name), state);
      AtomicFiles.write(
          folder.resolve(MANIFEST), CheckpointManifest.write(settings, name, progress));
    } catch (ModelLoadException e) {
      throw new ModelLoadException(
          e.getMessage()
              + "; the training stops, and the checkpoint before this one is whole: make room and"
              + " resume",
          e);
    }
    removeStates(name);
    lastEnd = System.nanoTime();
    lastCost = lastEnd - start;
  }

  private void removeStates(String kept) {
    for (Path file : files()) {
      String name = file.getFileName().toString();
      if (!name.equals(kept) && STATES.matcher(name).matches()) {
        delete(file);
      }
    }
  }

  private List<Path> files() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException | UncheckedIOException e) {
      throw new ModelLoadException(folder + ": cannot be listed: " + e, e);
    }
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ModelLoadException(file + ": cannot be removed: " + e, e);
    }
  }

  /** Removes the checkpoint, and with it the folder unless something else lies there. */
  void remove() {
    if (!Files.isDirectory(folder)) {
      return;
    }
    delete(folder.resolve(MANIFEST));
    delete(folder.resolve(MANIFEST + ".part"));
    removeStates("");
    TokenizerFiles.NAMES.forEach(name -> delete(folder.resolve(name)));
    if (files().isEmpty()) {
      delete(folder);
    }
  }
}

package io.github.attentive.djl.keras;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.Hdf5File;
import io.github.attentive.djl.checkpoint.JsonFile;
import io.github.attentive.djl.checkpoint.ZipArchive;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A whole model that Keras has saved: a {@code .keras} archive of Keras 3, or an {@code .h5} file.
 * Nothing of it is run, and nothing is written to disk. Not thread-safe.
 */
final class KerasFile implements AutoCloseable {
  private static final String ARCHIVE = ".keras";
  private static final String HDF5 = ".h5";
  private static final String WEIGHTS_ALONE = ".weights.h5";
  private static final String CONFIG = "config.json";
  private static final String WEIGHTS = "model.weights.h5";

  /** What a model's own file may have. */
  private static final long LARGEST = Integer.MAX_VALUE - 64L;

  private final Path path;
  private final JsonFile config;
  private final Optional<JsonFile> training;
  private final Hdf5File hdf5;
  private final KerasWeights weights;
  private final Optional<ZipArchive> archive;

  private KerasFile(
      Path path,
      JsonFile config,
      Optional<JsonFile> training,
      Hdf5File hdf5,
      KerasWeights weights,
      Optional<ZipArchive> archive) {
    this.path = path;
    this.config = config;
    this.training = training;
    this.hdf5 = hdf5;
    this.weights = weights;
    this.archive = archive;
  }

  /**
   * The file that a path means: the file itself, or the only one of a directory.
   *
   * @param model an existing path
   * @return the file, not looked into; empty if there is none
   * @throws ModelLoadException if there are several
   */
  static Optional<Path> at(Path model) {
    if (!Files.isDirectory(model)) {
      return isModel(model) ? Optional.of(model) : Optional.empty();
    }
    List<Path> files;
    try (Stream<Path> all = Files.list(model)) {
      files = all.filter(Files::isRegularFile).filter(KerasFile::isModel).sorted().toList();
    } catch (IOException e) {
      return Optional.empty();
    }
    List<Path> archives = files.stream().filter(file -> hasEnd(file, ARCHIVE)).toList();
    List<Path> found = archives.isEmpty() ? files : archives;
    if (found.size() > 1) {
      throw new ModelLoadException(
          "%s: expected one model of Keras, got %s; name the file instead of the directory"
              .formatted(model, found.stream().map(Path::getFileName).toList()));
    }
    return found.stream().findFirst();
  }

  private static boolean isModel(Path file) {
    return hasEnd(file, ARCHIVE) || (hasEnd(file, HDF5) && !hasEnd(file, WEIGHTS_ALONE));
  }

  private static boolean hasEnd(Path file, String end) {
    return file.getFileName() != null
        && file.getFileName().toString().toLowerCase(Locale.ROOT).endsWith(end);
  }

  /**
   * Opens a file.
   *
   * @param path what {@link #at} gave
   * @throws ModelLoadException if it is damaged, or no whole model
   */
  static KerasFile open(Path path) {
    return hasEnd(path, ARCHIVE) ? openArchive(path) : openHdf5(path);
  }

  private static KerasFile openArchive(Path path) {
    ZipArchive archive = ZipArchive.open(path);
    try {
      JsonFile config =
          JsonFile.of(path, archive.text(CONFIG).orElseThrow(() -> missing(path, CONFIG)));
      byte[] bytes = archive.bytes(WEIGHTS).orElseThrow(() -> missing(path, WEIGHTS));
      Hdf5File hdf5 = Hdf5File.of(path, bytes);
      return new KerasFile(
          path,
          config,
          config.optionalObject("compile_config"),
          hdf5,
          new ArchiveWeights(hdf5),
          Optional.of(archive));
    } catch (RuntimeException | Error e) {
      archive.close();
      throw e;
    }
  }

  private static ModelLoadException missing(Path path, String entry) {
    return new ModelLoadException(
        "%s: expected an entry '%s', got none; save the model again with model.save('model.keras')"
            .formatted(path, entry));
  }

  private static KerasFile openHdf5(Path path) {
    byte[] bytes;
    try {
      if (Files.size(path) > LARGEST) {
        throw new ModelLoadException(
            "%s: expected at most %s bytes, got %s".formatted(path, LARGEST, Files.size(path)));
      }
      bytes = Files.readAllBytes(path);
    } catch (IOException e) {
      throw new ModelLoadException(path + ": cannot be read: " + e, e);
    }
    Hdf5File hdf5 = Hdf5File.of(path, bytes);
    try {
      JsonFile config =
          attribute(path, hdf5, "model_config")
              .orElseThrow(
                  () ->
                      new ModelLoadException(
                          path
                              + ": expected a whole model, got weights alone; save it with"
                              + " model.save('model.keras')"));
      return new KerasFile(
          path,
          config,
          attribute(path, hdf5, "training_config"),
          hdf5,
          new WholeModelWeights(hdf5),
          Optional.empty());
    } catch (RuntimeException | Error e) {
      hdf5.close();
      throw e;
    }
  }

  private static Optional<JsonFile> attribute(Path path, Hdf5File hdf5, String name) {
    return hdf5.texts("", name)
        .filter(texts -> texts.size() == 1)
        .map(texts -> JsonFile.of(path, texts.get(0)));
  }

  Path path() {
    return path;
  }

  /** The model, with {@code class_name} and {@code config}. */
  JsonFile config() {
    return config;
  }

  /** How it was trained, with {@code loss}; empty if it was not. */
  Optional<JsonFile> training() {
    return training;
  }

  KerasWeights weights() {
    return weights;
  }

  /** A text that a layer has put into the archive. */
  Optional<String> asset(KerasLayer layer, String name) {
    return archive.flatMap(zip -> zip.text("assets/" + layer.weights() + "/" + name));
  }

  @Override
  public void close() {
    hdf5.close();
    archive.ifPresent(ZipArchive::close);
  }
}

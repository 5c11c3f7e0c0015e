package io.github.attentive.djl.runtime;

import io.github.attentive.ExportedModel;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.checkpoint.AtomicFiles;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.Graph;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A directory that a model is exported to: one file of the engine's format, and beside it what
 * belongs to the model. Immutable.
 */
public final class ExportDirectory {
  /** Weights; where they are, another model's configuration and tokenizer are, too. */
  private static final List<String> OF_A_MODEL = List.of(Checkpoint.SINGLE, Checkpoint.INDEX);

  private final Path directory;
  private final Path file;

  private ExportDirectory(Path directory, Path file) {
    this.directory = directory;
    this.file = file;
  }

  /**
   * Checks a directory; writes nothing.
   *
   * @param out a directory, or where one can be made
   * @param file the name of the model's file in it
   * @param foreign further names, with which it is someone else's
   * @param expected what {@code out} may be, for the message about a file
   * @return the directory
   * @throws InvalidInputException if it is a file, or a model's own directory
   */
  public static ExportDirectory of(Path out, String file, List<String> foreign, String expected) {
    if (!Files.isDirectory(out) && Files.exists(out)) {
      throw new InvalidInputException(
          "output %s: expected %s, got a file".formatted(out, expected));
    }
    for (List<String> names : List.of(OF_A_MODEL, foreign)) {
      for (String name : names) {
        if (Files.exists(out.resolve(name))) {
          throw new InvalidInputException(
              "output %s: expected a new directory, or one of an earlier export, got one with %s,"
                      .formatted(out, name)
                  + " a model's own; choose another");
        }
      }
    }
    return new ExportDirectory(out, out.resolve(file));
  }

  /**
   * The model's file.
   *
   * @return where it is, or will be
   */
  public Path file() {
    return file;
  }

  /**
   * Writes a model. Its file goes first and comes last: without it, what is there opens as no
   * model.
   *
   * @param model what goes beside the file
   * @param content of the file
   * @throws ModelLoadException if something cannot be written
   */
  public void write(PortableModel model, AtomicFiles.Content content) {
    try {
      Files.createDirectories(directory);
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new ModelLoadException("export " + file + ": cannot be made: " + e, e);
    }
    model.files().forEach((name, bytes) -> AtomicFiles.write(file.resolveSibling(name), bytes));
    AtomicFiles.write(file, content);
  }

  /**
   * Describes what was written.
   *
   * @param path the file, or the directory where the format is one
   * @param graph as it was written
   * @return the functions and what all of them take
   */
  public static ExportedModel describe(Path path, Graph graph) {
    List<Function> functions = graph.functions();
    return new ExportedModel(
        path,
        functions.stream().map(Function::name).toList(),
        functions.get(0).inputs().stream().map(Function.Named::name).toList());
  }
}

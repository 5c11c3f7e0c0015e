package io.github.attentive.samples.cli;

import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which texts: as arguments, or the rows of a file. */
final class InputOptions {
  @Parameters(arity = "0..*", paramLabel = "TEXT", description = "a text")
  List<String> texts = new ArrayList<>();

  @Option(names = "--pair", paramLabel = "TEXT", description = "a second text to go with TEXT")
  @Nullable String pair;

  @Option(names = "--input", paramLabel = "FILE", description = ".txt, .csv, .tsv or .jsonl")
  @Nullable Path input;

  @Mixin private DataOptions data = new DataOptions();

  /** The texts, at least one; the console is told of rows that were skipped. */
  Texts read(Console console) {
    if (input != null) {
      if (!texts.isEmpty() || pair != null) {
        throw new InvalidInputException("expected either --input or texts, got both");
      }
      return new Texts(data.file(input), console);
    }
    data.refuseWithoutFile();
    if (texts.isEmpty()) {
      throw new InvalidInputException("expected a TEXT or --input FILE");
    }
    if (pair != null && texts.size() != 1) {
      throw new InvalidInputException(
          "--pair: expected one TEXT to go with it, got " + texts.size());
    }
    return new Texts(texts.stream().map(text -> new TextInput(text, pair)).toList());
  }
}

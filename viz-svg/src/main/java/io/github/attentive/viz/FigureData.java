package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The data of a figure: what it says, without how it looks. Immutable.
 *
 * <p>A {@link FigureStyle#selfDescribing() self-describing} file holds them as JSON in its {@code
 * <metadata>}, texts as the caller gave them and numbers that read back as the same float or
 * double, so that a figure can be drawn anew, compared or checked without the model.
 *
 * @param view the kind of figure, for instance {@code heatmap}
 * @param title its title
 * @param facts what is known of the data: model, method, target and the like, in order
 * @param notes what the figure leaves out or shows otherwise, as written below it
 * @param tables its numbers
 */
public record FigureData(
    String view,
    String title,
    Map<String, String> facts,
    List<String> notes,
    List<DataTable> tables) {

  /**
   * Creates data.
   *
   * @param view as above
   * @param title as above
   * @param facts as above
   * @param notes as above
   * @param tables as above
   */
  public FigureData {
    Objects.requireNonNull(view, "view");
    Objects.requireNonNull(title, "title");
    facts = Collections.unmodifiableMap(new LinkedHashMap<>(facts));
    notes = List.copyOf(notes);
    tables = List.copyOf(tables);
  }

  /**
   * Reads the data of a file.
   *
   * @param file a figure of this library, also one that another program has saved again
   * @return what it was drawn from
   * @throws IOException if the file cannot be read
   * @throws InvalidInputException if it is no SVG, holds no data, or left them out for their size
   */
  public static FigureData read(Path file) throws IOException {
    return FigureDataReader.read(Files.readString(file), file.toString());
  }

  /**
   * Reads the data of a document.
   *
   * @param svg a figure of this library, also one that another program has saved again
   * @return what it was drawn from
   * @throws InvalidInputException if it is no SVG, holds no data, or left them out for their size
   */
  public static FigureData parse(String svg) {
    return FigureDataReader.read(svg, "figure");
  }
}

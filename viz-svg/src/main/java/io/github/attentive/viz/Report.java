package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Sections of text and figures: as one HTML page that needs nothing else, or as a folder of SVG
 * files. Immutable and thread-safe.
 *
 * <pre>{@code
 * Report report = Report.builder("Reviews").explanation(e).model(model.info()).build();
 * report.write(Path.of("report.html"));
 * }</pre>
 *
 * <p>The page holds no script and fetches nothing, which its own content security policy makes sure
 * of. Under each figure stand its numbers as a table, folded up, unless there are more than a
 * reader would read. It prints, follows its {@linkplain Builder#theme theme}, and equal content
 * gives equal bytes.
 */
public final class Report {
  /** What a section holds, in order. */
  sealed interface Block {}

  /** A line of text. */
  record Paragraph(String text) implements Block {}

  /** A figure. */
  record Drawing(Svg figure) implements Block {}

  /** A part of a report. */
  record Section(String heading, List<Block> blocks) {}

  private final String title;
  private final Theme theme;
  private final @Nullable ModelInfo model;
  private final List<Section> sections;

  private Report(Builder builder) {
    this.title = builder.title;
    this.theme = builder.theme;
    this.model = builder.model;
    this.sections =
        builder.sections.stream()
            .map(section -> new Section(section.heading(), List.copyOf(section.blocks())))
            .toList();
  }

  /**
   * Starts a report.
   *
   * @param title its title and first heading
   * @return a builder without sections
   */
  public static Builder builder(String title) {
    return new Builder(title);
  }

  String title() {
    return title;
  }

  Theme theme() {
    return theme;
  }

  @Nullable ModelInfo model() {
    return model;
  }

  List<Section> sections() {
    return sections;
  }

  /**
   * The report as a page.
   *
   * @return an HTML document
   */
  public String toHtml() {
    return new ReportPage(this).write();
  }

  /**
   * Writes the page.
   *
   * @param file where to; replaced if it exists, in a directory that does
   * @throws IOException if the file cannot be written
   */
  public void write(Path file) throws IOException {
    Files.writeString(file, toHtml());
  }

  /**
   * Writes each figure as a file of its own, named after its section's number and its kind, for
   * instance {@code 1-heatmap.svg}.
   *
   * @param folder where to; made if it does not exist; files of these names are replaced
   * @return the files, in the order of the report
   * @throws IOException if the folder or a file cannot be written
   */
  public List<Path> writeFigures(Path folder) throws IOException {
    Files.createDirectories(folder);
    List<Path> files = new ArrayList<>();
    for (int i = 0; i < sections.size(); i++) {
      Map<String, Integer> seen = new HashMap<>();
      for (Block block : sections.get(i).blocks()) {
        if (block instanceof Drawing drawing) {
          String view = drawing.figure().data().view();
          int count = seen.merge(view, 1, Integer::sum);
          String name = (i + 1) + "-" + view + (count == 1 ? "" : "-" + count) + ".svg";
          Path file = folder.resolve(name);
          drawing.figure().write(file);
          files.add(file);
        }
      }
    }
    return files;
  }

  /** Builds a {@link Report}. Not thread-safe; every method returns the builder. */
  public static final class Builder {
    private final String title;
    private final List<Section> sections = new ArrayList<>();
    private Theme theme = Theme.AUTO;
    private @Nullable ModelInfo model;

    private Builder(String title) {
      this.title = Objects.requireNonNull(title, "title");
    }

    /**
     * Sets the look of the page. Default: {@link Theme#AUTO}. Figures keep the theme they were
     * drawn in.
     *
     * @param theme the theme
     * @return this builder
     */
    public Builder theme(Theme theme) {
      this.theme = Objects.requireNonNull(theme, "theme");
      return this;
    }

    /**
     * Says which model the report is about, at its end.
     *
     * @param model the model
     * @return this builder
     */
    public Builder model(ModelInfo model) {
      this.model = Objects.requireNonNull(model, "model");
      return this;
    }

    /**
     * Starts a section.
     *
     * @param heading any text
     * @return this builder
     */
    public Builder section(String heading) {
      sections.add(new Section(Objects.requireNonNull(heading, "heading"), new ArrayList<>()));
      return this;
    }

    /**
     * Adds a section for a text: what was predicted, and every figure that has something to show.
     *
     * @param explanation the explanation, in the style of an {@link FigureStyle#INTERACTIVE} figure
     *     of this report's theme
     * @return this builder
     */
    public Builder explanation(Explanation explanation) {
      return explanation(
          ExplanationFigures.of(explanation).style(FigureStyle.INTERACTIVE.withTheme(theme)));
    }

    /**
     * Adds a section for a text: what was predicted, and every figure that has something to show.
     *
     * @param figures the figures
     * @return this builder
     */
    public Builder explanation(ExplanationFigures figures) {
      Explanation explanation = figures.explanation();
      section(explanation.input().text());
      String pair = explanation.input().pair();
      if (pair != null) {
        paragraph(pair);
      }
      paragraph(Prediction.sentence(explanation));
      explanation.trust().ifPresent(trust -> paragraph(TrustSentence.of(explanation, trust)));
      figures.all().forEach(this::figure);
      if (explanation.words().isEmpty()) {
        paragraph("The text has no words, so there are no words to show.");
      }
      return this;
    }

    /**
     * Adds a line of text to the last section.
     *
     * @param text any text
     * @return this builder
     * @throws IllegalStateException if there is no section
     */
    public Builder paragraph(String text) {
      return block(new Paragraph(Objects.requireNonNull(text, "text")));
    }

    /**
     * Adds a figure to the last section.
     *
     * @param figure the figure; the same one may stand in a report twice
     * @return this builder
     * @throws IllegalStateException if there is no section
     */
    public Builder figure(Svg figure) {
      return block(new Drawing(Objects.requireNonNull(figure, "figure")));
    }

    private Builder block(Block block) {
      if (sections.isEmpty()) {
        throw new IllegalStateException("report: expected a section first");
      }
      sections.get(sections.size() - 1).blocks().add(block);
      return this;
    }

    /**
     * Finishes.
     *
     * @return the report
     */
    public Report build() {
      return new Report(this);
    }
  }
}

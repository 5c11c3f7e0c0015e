package io.github.attentive.viz;

import io.github.attentive.Explanation;
import io.github.attentive.Granularity;
import io.github.attentive.InvalidInputException;
import io.github.attentive.explain.AttentionMap;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/**
 * All figures of one explanation, in one style. Not thread-safe; methods that set something return
 * this.
 *
 * <pre>{@code
 * for (Svg figure : ExplanationFigures.of(explanation).all()) { ... }
 * }</pre>
 */
public final class ExplanationFigures {
  /** The kinds of figures, in the order of a report. */
  public enum View {
    /** The weights as bars. */
    BARS,
    /** The attention as coloured cells. */
    HEATMAP
  }

  private final Explanation explanation;
  private FigureStyle style = FigureStyle.INTERACTIVE;
  private @Nullable Palette palette;
  private OptionalInt layer = OptionalInt.empty();
  private OptionalInt head = OptionalInt.empty();

  private ExplanationFigures(Explanation explanation) {
    this.explanation = Objects.requireNonNull(explanation, "explanation");
  }

  /**
   * Starts with the defaults of each figure.
   *
   * @param explanation what to draw
   * @return figures to be drawn
   */
  public static ExplanationFigures of(Explanation explanation) {
    return new ExplanationFigures(explanation);
  }

  /**
   * Sets the style of all figures. Default: {@link FigureStyle#INTERACTIVE}.
   *
   * @param style the style
   * @return this
   */
  public ExplanationFigures style(FigureStyle style) {
    this.style = Objects.requireNonNull(style, "style");
    return this;
  }

  /**
   * Sets the colours of attention. Default: those of each figure.
   *
   * @param palette the palette
   * @return this
   */
  public ExplanationFigures palette(Palette palette) {
    this.palette = Objects.requireNonNull(palette, "palette");
    return this;
  }

  /**
   * Chooses a layer for the figures of one. Default: the mean over all for the heatmap, the first
   * one for the others.
   *
   * @param layer counted from 0, or empty for the default
   * @return this
   */
  public ExplanationFigures layer(OptionalInt layer) {
    this.layer = Objects.requireNonNull(layer, "layer");
    return this;
  }

  /**
   * Chooses a head for the figures of one. Default: the mean over all for the heatmap, all for the
   * head view, the first one for the neuron view.
   *
   * @param head counted from 0, or empty for the default
   * @return this
   */
  public ExplanationFigures head(OptionalInt head) {
    this.head = Objects.requireNonNull(head, "head");
    return this;
  }

  /**
   * Every figure that has something to show, in the order of {@link View}.
   *
   * @return a list, which may be empty
   */
  public List<Svg> all() {
    List<Svg> figures = new ArrayList<>();
    for (View view : View.values()) {
      if (whatIsMissing(view) == null) {
        figures.add(draw(view));
      }
    }
    return figures;
  }

  /**
   * One figure.
   *
   * @param view its kind
   * @return the figure
   * @throws InvalidInputException if the explanation has nothing of what it shows
   */
  public Svg draw(View view) {
    String missing = whatIsMissing(view);
    if (missing != null) {
      throw new InvalidInputException(missing);
    }
    return switch (view) {
      case BARS -> Bars.of(explanation).style(style).render();
      case HEATMAP -> heatmap();
    };
  }

  Explanation explanation() {
    return explanation;
  }

  private @Nullable String whatIsMissing(View view) {
    return switch (view) {
      case BARS -> hasUnits() ? null : "text: expected at least one word to draw, got none";
      case HEATMAP -> {
        if (!explanation.hasAttention()) {
          yield "heatmap: model '%s' has no attention to draw; draw its weights as bars"
              .formatted(explanation.model().family());
        }
        yield explanation.tokens().isEmpty()
            ? "text: expected at least one word to draw, got none"
            : null;
      }
    };
  }

  /** An empty text has no words; its special tokens may still be shown. */
  private boolean hasUnits() {
    return !(explanation.attribution().granularity() == Granularity.TOKEN
            ? explanation.tokens()
            : explanation.words())
        .isEmpty();
  }

  private Svg heatmap() {
    Heatmap heatmap = Heatmap.of(explanation);
    if (layer.isPresent() || head.isPresent()) {
      heatmap =
          Heatmap.of(AttentionMap.of(explanation, layer, head))
              .about(explanation)
              .title(
                  "%s, layer %s, head %s"
                      .formatted(Prediction.title(explanation), name(layer), name(head)));
    }
    if (palette != null) {
      heatmap.palette(palette);
    }
    return heatmap.style(style).render();
  }

  private static String name(OptionalInt index) {
    return index.isPresent() ? Integer.toString(index.getAsInt()) : "mean";
  }
}

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
    /** The scores of the classes. */
    PROBABILITIES("probabilities"),
    /** The text with its weights behind it. */
    HIGHLIGHT("highlight"),
    /** The weights as bars. */
    BARS("bars"),
    /** The attention as coloured cells. */
    HEATMAP("heatmap"),
    /** The attention of one layer as lines from queries to keys. */
    HEAD("head"),
    /** The attention of every layer and head. */
    MODEL("model"),
    /** The weights layer by layer. */
    EVOLUTION("evolution"),
    /** How one head computes its weights, for an explanation with queries and keys. */
    NEURON("neuron");

    private final String id;

    View(String id) {
      this.id = id;
    }

    /**
     * The name used on the command line.
     *
     * @return lower case
     */
    public String id() {
      return id;
    }

    /**
     * Whether it shows attention itself, and not weights by whatever method.
     *
     * @return false for {@link #PROBABILITIES}, {@link #HIGHLIGHT} and {@link #BARS}
     */
    public boolean needsAttention() {
      return switch (this) {
        case HEATMAP, HEAD, MODEL, EVOLUTION, NEURON -> true;
        case PROBABILITIES, HIGHLIGHT, BARS -> false;
      };
    }
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
   * Every figure that has something to show, in the order of {@link View}. Of a model with a single
   * head, the views that set heads or layers side by side are left out.
   *
   * @return a list, which may be empty
   */
  public List<Svg> all() {
    List<Svg> figures = new ArrayList<>();
    for (View view : View.values()) {
      if (whatIsMissing(view) == null && comparesEnough(view)) {
        figures.add(draw(view));
      }
    }
    return figures;
  }

  private boolean comparesEnough(View view) {
    return switch (view) {
      case MODEL -> explanation.attention().layers() * explanation.attention().heads() > 1;
      case EVOLUTION -> explanation.attention().layers() > 1;
      default -> true;
    };
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
      throw new InvalidInputException("view " + view.id() + ": " + missing);
    }
    FigureBuilder<?> figure =
        switch (view) {
          case PROBABILITIES -> Probabilities.of(explanation);
          case HIGHLIGHT -> Highlight.of(explanation);
          case BARS -> Bars.of(explanation);
          case HEATMAP -> heatmap();
          case HEAD -> headView();
          case MODEL -> modelView();
          case EVOLUTION -> evolution();
          case NEURON -> neuronView();
        };
    return figure.style(style).render();
  }

  Explanation explanation() {
    return explanation;
  }

  private @Nullable String whatIsMissing(View view) {
    if (view.needsAttention() && !explanation.hasAttention()) {
      return "expected an explanation of a model with attention, got one of '%s', which has none"
          .formatted(explanation.model().family());
    }
    boolean isShown =
        switch (view) {
          case PROBABILITIES -> true;
          case BARS, HIGHLIGHT, EVOLUTION -> hasUnits();
          case HEATMAP, HEAD, MODEL, NEURON -> !explanation.tokens().isEmpty();
        };
    if (!isShown) {
      return "expected a text with at least one word, got none";
    }
    if (view == View.NEURON && explanation.queriesAndKeys().isEmpty()) {
      return "expected an explanation with queries and keys, got one without; ask for them with"
          + " ExplainOptions";
    }
    return null;
  }

  /** An empty text has no words; its special tokens may still be shown. */
  private boolean hasUnits() {
    return !(explanation.attribution().granularity() == Granularity.TOKEN
            ? explanation.tokens()
            : explanation.words())
        .isEmpty();
  }

  private Heatmap heatmap() {
    Heatmap heatmap = Heatmap.of(explanation);
    if (layer.isPresent() || head.isPresent()) {
      heatmap =
          Heatmap.of(AttentionMap.of(explanation, layer, head))
              .about(explanation)
              .title(
                  "%s, layer %s, head %s"
                      .formatted(Prediction.title(explanation), name(layer), name(head)));
    }
    return palette == null ? heatmap : heatmap.palette(palette);
  }

  private HeadView headView() {
    HeadView view = HeadView.of(explanation);
    layer.ifPresent(view::layer);
    head.ifPresent(view::heads);
    return view;
  }

  private ModelView modelView() {
    ModelView view = ModelView.of(explanation);
    layer.ifPresent(view::layers);
    head.ifPresent(view::heads);
    return palette == null ? view : view.palette(palette);
  }

  private Evolution evolution() {
    Evolution evolution = Evolution.of(explanation);
    return palette == null ? evolution : evolution.palette(palette);
  }

  private NeuronView neuronView() {
    NeuronView view = NeuronView.of(explanation);
    layer.ifPresent(view::layer);
    head.ifPresent(view::head);
    return view;
  }

  private static String name(OptionalInt index) {
    return index.isPresent() ? Integer.toString(index.getAsInt()) : "mean";
  }
}

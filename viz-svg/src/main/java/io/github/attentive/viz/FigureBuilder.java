package io.github.attentive.viz;

import io.github.attentive.Explanation;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What the builders of all figures have in common. Not thread-safe; every method returns the
 * builder it is called on.
 *
 * @param <B> the builder's own type
 */
public abstract class FigureBuilder<B extends FigureBuilder<B>> {
  private @Nullable String title;
  private @Nullable String description;
  private FigureStyle style = FigureStyle.INTERACTIVE;
  private final Map<String, String> facts = new LinkedHashMap<>();

  FigureBuilder() {}

  /**
   * Sets the line above the figure. Default: what the figure's own class says, or none.
   *
   * @param title any text
   * @return this builder
   */
  public final B title(String title) {
    this.title = Objects.requireNonNull(title, "title");
    return self();
  }

  /**
   * Sets what the description for screen readers starts with; what is to be seen in the figure
   * follows in any case. Default: nothing, or the prediction for a figure of an explanation.
   *
   * @param description sentences
   * @return this builder
   */
  public final B description(String description) {
    this.description = Objects.requireNonNull(description, "description");
    return self();
  }

  /**
   * Says what the figure is made for. Default: {@link FigureStyle#INTERACTIVE}.
   *
   * @param style one of the presets, or a change of one
   * @return this builder
   */
  public final B style(FigureStyle style) {
    this.style = Objects.requireNonNull(style, "style");
    return self();
  }

  /**
   * Draws the figure.
   *
   * @return the figure; equal settings give equal bytes
   */
  public abstract Svg render();

  abstract B self();

  /** Takes title, description and facts from an explanation. */
  final B about(Explanation explanation) {
    title(Prediction.title(explanation));
    description(Prediction.sentence(explanation));
    facts.putAll(Prediction.facts(explanation));
    return self();
  }

  /** Records something that the figure's data say of themselves. */
  final B fact(String name, String value) {
    facts.put(name, value);
    return self();
  }

  final @Nullable String title() {
    return title;
  }

  final @Nullable String description() {
    return description;
  }

  final FigureStyle style() {
    return style;
  }

  final Map<String, String> facts() {
    return facts;
  }

  /** Takes everything that is set here over to another builder. */
  final void copyTo(FigureBuilder<?> other) {
    if (title != null) {
      other.title(title);
    }
    if (description != null) {
      other.description(description);
    }
    other.style(style);
    facts.forEach(other::fact);
  }
}

package io.github.attentive.viz;

import java.util.Objects;

/**
 * What a figure is made for, apart from its data. Immutable.
 *
 * <p>The presets and what they set:
 *
 * <table>
 *   <caption>Presets</caption>
 *   <tr><th></th><th>theme</th><th>interactive</th><th>animated</th><th>self-describing</th><th>medium</th></tr>
 *   <tr><td>{@link #INTERACTIVE} (the default)</td><td>auto</td><td>yes</td><td>no</td><td>yes</td><td>screen</td></tr>
 *   <tr><td>{@link #DARK}</td><td>dark</td><td>yes</td><td>no</td><td>yes</td><td>screen</td></tr>
 *   <tr><td>{@link #README}</td><td>auto</td><td>no</td><td>no</td><td>no</td><td>screen</td></tr>
 *   <tr><td>{@link #PAPER}</td><td>light</td><td>no</td><td>no</td><td>yes</td><td>paper</td></tr>
 * </table>
 *
 * @param theme the page
 * @param interactive whether pointing at a part of the figure, or reaching it with the Tab key,
 *     brings it out, for figures that have such parts; style rules do that, never a script, and
 *     only where the figure is opened by itself or stands inline in a page
 * @param animated whether the figure shows its parts one after the other by itself, for places
 *     where it cannot be pointed at; not for readers who prefer reduced motion, and only figures
 *     that have such parts
 * @param selfDescribing whether the file holds its data, for {@link FigureData#read}; up to 64 KB
 *     of them, since texts and matrices can be large. Leave it out where the text is confidential:
 *     a figure may show less of it than it holds
 * @param medium what its size is meant for
 */
public record FigureStyle(
    Theme theme, boolean interactive, boolean animated, boolean selfDescribing, Medium medium) {

  /** What the size of a figure is meant for. */
  public enum Medium {
    /** One unit is one CSS pixel. */
    SCREEN,
    /**
     * The size in millimetres fits a printed page: a column of 85 mm if the smallest text is 6
     * points there, else a page of 174 mm. A figure that is smaller anyway keeps its size; one
     * whose text is too small even so says that in its description.
     */
    PAPER
  }

  /** For a browser or a page of figures; the default of all figures. */
  public static final FigureStyle INTERACTIVE =
      new FigureStyle(Theme.AUTO, true, false, true, Medium.SCREEN);

  /** For a dark page or slide. */
  public static final FigureStyle DARK =
      new FigureStyle(Theme.DARK, true, false, true, Medium.SCREEN);

  /** For an {@code <img>}, which nobody can point at: as small as it can be. */
  public static final FigureStyle README =
      new FigureStyle(Theme.AUTO, false, false, false, Medium.SCREEN);

  /** For print. */
  public static final FigureStyle PAPER =
      new FigureStyle(Theme.LIGHT, false, false, true, Medium.PAPER);

  /**
   * Creates a style.
   *
   * @param theme as above
   * @param interactive as above
   * @param animated as above
   * @param selfDescribing as above
   * @param medium as above
   */
  public FigureStyle {
    Objects.requireNonNull(theme, "theme");
    Objects.requireNonNull(medium, "medium");
  }

  /**
   * The same with another page.
   *
   * @param other the theme
   * @return a style that differs in its theme only
   */
  public FigureStyle withTheme(Theme other) {
    return new FigureStyle(other, interactive, animated, selfDescribing, medium);
  }

  /**
   * The same, moving or not.
   *
   * @param moves as {@link #animated()}
   * @return a style that differs in this only
   */
  public FigureStyle withAnimated(boolean moves) {
    return new FigureStyle(theme, interactive, moves, selfDescribing, medium);
  }

  /**
   * The same, with or without its data in the file.
   *
   * @param holdsData as {@link #selfDescribing()}
   * @return a style that differs in this only
   */
  public FigureStyle withSelfDescribing(boolean holdsData) {
    return new FigureStyle(theme, interactive, animated, holdsData, medium);
  }
}

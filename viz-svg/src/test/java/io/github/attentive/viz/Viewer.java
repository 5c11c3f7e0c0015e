package io.github.attentive.viz;

import java.awt.image.BufferedImage;

/** A program or library that turns a figure into pixels. */
interface Viewer extends AutoCloseable {
  /** Its name and version, for instance {@code librsvg 2.54.7}. */
  String version();

  /**
   * Draws a figure on the page it paints itself.
   *
   * @param scale pixels a unit of the figure
   * @return {@code scale} times the figure's width by its height, rounded either way
   */
  BufferedImage render(Svg svg, double scale);

  @Override
  default void close() {}
}

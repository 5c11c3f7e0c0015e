package io.github.attentive.viz;

import com.github.weisj.jsvg.SVGDocument;
import com.github.weisj.jsvg.parser.LoaderContext;
import com.github.weisj.jsvg.parser.SVGLoader;
import com.github.weisj.jsvg.view.ViewBox;
import java.awt.Color;
import java.awt.Component;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A figure as pixels, addressed in its own units: the first cell starts at the origin. */
final class Raster {
  /** JSVG does not know media queries and complains of them at length. */
  private static final Logger LOGGER = Logger.getLogger("com.github.weisj.jsvg");

  static {
    LOGGER.setLevel(Level.OFF);
  }

  private final BufferedImage image;
  private final double left;
  private final double top;
  private final double scale;

  private Raster(Svg svg, BufferedImage image, double scale) {
    String[] box = Documents.viewBox(svg);
    this.image = image;
    this.left = Double.parseDouble(box[0]);
    this.top = Double.parseDouble(box[1]);
    this.scale = scale;
  }

  /** A figure as JSVG draws it. */
  static Raster of(Svg svg, double scale) {
    return of(svg, svg.toString(), scale);
  }

  static Raster withoutStyle(Svg svg) {
    return of(svg, svg.toString().replaceAll("<style>[^<]*</style>", ""), 1);
  }

  /** A figure as a viewer has drawn it. */
  static Raster of(Svg svg, BufferedImage image, double scale) {
    return new Raster(svg, image, scale);
  }

  private static Raster of(Svg svg, String xml, double scale) {
    byte[] bytes = xml.getBytes(StandardCharsets.UTF_8);
    SVGDocument document =
        Objects.requireNonNull(
            new SVGLoader()
                .load(new ByteArrayInputStream(bytes), null, LoaderContext.createDefault()));
    int width = (int) Math.ceil(svg.width() * scale);
    int height = (int) Math.ceil(svg.height() * scale);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.fillRect(0, 0, width, height);
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(scale, scale);
    document.render((Component) null, graphics, new ViewBox(svg.width(), svg.height()));
    graphics.dispose();
    return new Raster(svg, image, scale);
  }

  /** The colour at a point. */
  int at(double x, double y) {
    return pixel((int) ((x - left) * scale), (int) ((y - top) * scale));
  }

  int pixel(int x, int y) {
    return image.getRGB(x, y) & 0xFFFFFF;
  }

  BufferedImage image() {
    return image;
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** The largest difference of a channel. */
  static int distance(int rgb, int other) {
    int largest = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      largest = Math.max(largest, Math.abs((rgb >> shift & 0xFF) - (other >> shift & 0xFF)));
    }
    return largest;
  }
}

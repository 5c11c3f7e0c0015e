package io.github.attentive.viz;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.w3c.dom.Element;

/**
 * One figure in several viewers.
 *
 * <p>Viewers smooth the edges of shapes and the letters of text each in their own way, so pixels
 * are not compared one by one. What is: the colours at {@link SamplePoint sample points}, the share
 * of pixels outside text that are far from the median of all viewers, and where there is ink.
 */
final class ViewerComparison {
  /** Even, so that a line one unit wide fills whole pixels wherever it is. */
  static final int SCALE = 2;

  /** From here on a channel of a pixel is another colour, and no smoothing of an edge. */
  private static final int STRONG = 64;

  /** A channel below this is black to the eye. */
  private static final int BLACK = 16;

  /** A full stop has as many pixels. */
  private static final int LEAST_INK = 3;

  private final Svg svg;
  private final Map<String, Raster> rasters = new LinkedHashMap<>();
  private final List<SamplePoint> samples;
  private final List<TextBox> texts;
  private final BufferedImage textMask;
  private final BufferedImage inkMask;

  ViewerComparison(Svg svg, List<? extends Viewer> viewers) {
    this.svg = svg;
    for (Viewer viewer : viewers) {
      rasters.put(viewer.version(), Raster.of(svg, viewer.render(svg, SCALE), SCALE));
    }
    this.samples = SamplePoint.of(svg);
    this.texts = TextBox.all(svg);
    this.textMask = mask(false);
    this.inkMask = mask(true);
  }

  /** White where text is, or text and shapes; with what smoothing and other fonts add to them. */
  private BufferedImage mask(boolean shapes) {
    BufferedImage mask =
        new BufferedImage(
            SCALE * svg.width(), SCALE * svg.height(), BufferedImage.TYPE_BYTE_BINARY);
    String[] box = Documents.viewBox(svg);
    Graphics2D graphics = mask.createGraphics();
    graphics.setColor(Color.WHITE);
    graphics.scale(SCALE, SCALE);
    graphics.translate(-Double.parseDouble(box[0]), -Double.parseDouble(box[1]));
    for (TextBox text : texts) {
      graphics.fill(text.shape());
      graphics.setStroke(new BasicStroke(3));
      graphics.draw(text.shape());
    }
    if (shapes) {
      for (PaintedShape shape : PaintedShape.all(svg)) {
        graphics.fill(shape.strokeArea(1));
        if (shape.isFilled()) {
          graphics.fill(shape.outline());
        }
      }
    }
    graphics.dispose();
    return mask;
  }

  int sampleCount() {
    return samples.size();
  }

  /** The size of each viewer's picture in pixels. */
  List<String> sizes() {
    return rasters.values().stream()
        .map(raster -> raster.width() + " x " + raster.height())
        .distinct()
        .toList();
  }

  /** What a viewer shows of a figure. */
  Finding finding(String viewer) {
    Raster raster = rasters.get(viewer);
    int colourDifference = 0;
    SamplePoint worstSample = null;
    for (SamplePoint sample : samples) {
      int expected = sample.colour().orElseGet(() -> median(sample.x(), sample.y()));
      int difference = Raster.distance(raster.at(sample.x(), sample.y()), expected);
      if (difference > colourDifference) {
        colourDifference = difference;
        worstSample = sample;
      }
    }
    boolean black = hasBlack();
    int outsideText = 0;
    int strong = 0;
    int blackPixels = 0;
    int strayPixels = 0;
    String firstStray = "";
    for (int y = 0; y < raster.height(); y++) {
      for (int x = 0; x < raster.width(); x++) {
        if (isIn(textMask, x, y)) {
          continue;
        }
        outsideText++;
        int pixel = raster.pixel(x, y);
        if (Raster.distance(pixel, medianPixel(x, y)) > STRONG) {
          strong++;
        }
        if (!black && Raster.distance(pixel, 0) < BLACK) {
          blackPixels++;
        }
        if (!isIn(inkMask, x, y) && Raster.distance(pixel, 0xFFFFFF) > STRONG) {
          strayPixels++;
          firstStray = firstStray.isEmpty() ? x / SCALE + ", " + y / SCALE : firstStray;
        }
      }
    }
    List<String> missing =
        texts.stream()
            .filter(text -> !text.text().isBlank() && inkPixels(raster, text) < LEAST_INK)
            .map(TextBox::text)
            .toList();
    return new Finding(
        colourDifference,
        worstSample,
        (double) strong / outsideText,
        blackPixels,
        strayPixels,
        firstStray,
        missing);
  }

  private static boolean isIn(BufferedImage mask, int x, int y) {
    return (mask.getRGB(x, y) & 0xFFFFFF) != 0;
  }

  /** Whether the figure paints any shape in a colour that is as good as black. */
  private boolean hasBlack() {
    for (Element element : Documents.elements(Documents.parse(svg.toString()))) {
      for (String name : List.of("fill", "stroke", "stop-color")) {
        String colour = element.getAttribute(name);
        if (!element.getTagName().equals("text")
            && colour.startsWith("#")
            && Raster.distance(Integer.parseInt(colour.substring(1), 16), 0) < 2 * BLACK) {
          return true;
        }
      }
    }
    return false;
  }

  private int median(double x, double y) {
    int[] pixels = new int[rasters.size()];
    int i = 0;
    for (Raster raster : rasters.values()) {
      pixels[i++] = raster.at(x, y);
    }
    return median(pixels);
  }

  private int medianPixel(int x, int y) {
    int[] pixels = new int[rasters.size()];
    int i = 0;
    for (Raster raster : rasters.values()) {
      pixels[i++] = raster.pixel(x, y);
    }
    return median(pixels);
  }

  private static int median(int[] pixels) {
    int median = 0;
    for (int shift = 0; shift <= 16; shift += 8) {
      int[] channel = new int[pixels.length];
      for (int i = 0; i < pixels.length; i++) {
        channel[i] = pixels[i] >> shift & 0xFF;
      }
      Arrays.sort(channel);
      int middle = (channel[(channel.length - 1) / 2] + channel[channel.length / 2]) / 2;
      median |= middle << shift;
    }
    return median;
  }

  /** How many pixels of a text's box are not of the colour that most of them have. */
  private static int inkPixels(Raster raster, TextBox text) {
    Map<Integer, Integer> counts = new LinkedHashMap<>();
    List<Integer> pixels = new ArrayList<>();
    double step = 1.0 / SCALE;
    for (double y = text.top() + step / 2; y < text.bottom(); y += step) {
      for (double x = text.left() + step / 2; x < text.right(); x += step) {
        if (text.shape().contains(x, y)) {
          int pixel = raster.at(x, y);
          pixels.add(pixel);
          counts.merge(pixel, 1, Integer::sum);
        }
      }
    }
    int ground =
        counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
    return (int) pixels.stream().filter(pixel -> Raster.distance(pixel, ground) > STRONG).count();
  }

  /**
   * What a viewer makes of a figure.
   *
   * @param colourDifference the largest difference of a channel at the sample points
   * @param worstSample where that is
   * @param strongShare the share of pixels outside text that are far from the viewers' median
   * @param blackPixels black ones outside text, in a figure that has no black shapes
   * @param strayPixels those with ink where neither text nor a shape is
   * @param firstStray where the first of them is, in units from the top left
   * @param textsWithoutInk texts that are not there
   */
  record Finding(
      int colourDifference,
      @Nullable SamplePoint worstSample,
      double strongShare,
      int blackPixels,
      int strayPixels,
      String firstStray,
      List<String> textsWithoutInk) {}
}

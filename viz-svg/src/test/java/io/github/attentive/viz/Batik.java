package io.github.attentive.viz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Assumptions;

/**
 * The oldest SVG library for Java, the strictest of all: what it does not know it refuses.
 *
 * <p>Called by reflection, since it is on the class path in the profile {@code viewers} only.
 */
final class Batik implements Viewer {
  private static final String TRANSCODER = "org.apache.batik.transcoder.";

  private Batik() {}

  static Batik findOrSkip() {
    try {
      Class.forName(TRANSCODER + "image.PNGTranscoder");
    } catch (ClassNotFoundException e) {
      Assumptions.abort("no Batik on the class path; the Maven profile viewers has it");
    }
    return new Batik();
  }

  @Override
  public String version() {
    try {
      Object version =
          Class.forName("org.apache.batik.Version").getMethod("getVersion").invoke(null);
      return "Batik " + version.toString().replaceAll("[^0-9.]", "");
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public BufferedImage render(Svg svg, double scale) {
    ByteArrayOutputStream png = new ByteArrayOutputStream();
    try {
      Class<?> transcoder = Class.forName(TRANSCODER + "image.PNGTranscoder");
      Class<?> key = Class.forName(TRANSCODER + "TranscodingHints$Key");
      Class<?> input = Class.forName(TRANSCODER + "TranscoderInput");
      Class<?> output = Class.forName(TRANSCODER + "TranscoderOutput");
      Object encoder = transcoder.getConstructor().newInstance();
      Object width = transcoder.getField("KEY_WIDTH").get(null);
      transcoder
          .getMethod("addTranscodingHint", key, Object.class)
          .invoke(encoder, width, (float) (scale * svg.width()));
      transcoder
          .getMethod("transcode", input, output)
          .invoke(
              encoder,
              input.getConstructor(Reader.class).newInstance(new StringReader(svg.toString())),
              output.getConstructor(OutputStream.class).newInstance(png));
      return ImageIO.read(new ByteArrayInputStream(png.toByteArray()));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError("Batik refuses the figure", e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

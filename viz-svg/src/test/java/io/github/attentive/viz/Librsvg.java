package io.github.attentive.viz;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;

/** The viewer of the GNOME desktop and of Wikipedia, as a program. */
final class Librsvg implements Viewer {
  private final String program;

  private Librsvg(Path program) {
    this.program = program.toString();
  }

  static Librsvg findOrSkip() {
    return new Librsvg(Programs.findOrSkip("librsvg2-bin", "rsvg-convert"));
  }

  @Override
  public String version() {
    byte[] output = Programs.run("", List.of(program, "--version"));
    return "librsvg " + new String(output, StandardCharsets.UTF_8).replaceAll("[^0-9.]", "");
  }

  @Override
  public BufferedImage render(Svg svg, double scale) {
    byte[] png = Programs.run(svg.toString(), List.of(program, "--zoom", Double.toString(scale)));
    try {
      return ImageIO.read(new ByteArrayInputStream(png));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}

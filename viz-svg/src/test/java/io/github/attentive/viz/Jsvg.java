package io.github.attentive.viz;

import com.github.weisj.jsvg.parser.SVGLoader;
import java.awt.image.BufferedImage;

/** The library that the ordinary tests look at figures with. */
final class Jsvg implements Viewer {
  @Override
  public String version() {
    String jar = SVGLoader.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    return jar.replaceAll(".*jsvg-([0-9.]+)\\.jar", "JSVG $1");
  }

  @Override
  public BufferedImage render(Svg svg, double scale) {
    return Raster.of(svg, scale).image();
  }
}

package io.github.attentive.viz;

/** A picture within the document, whose pixels stay apart however large it is shown. */
final class EmbeddedImage {
  private static final String CLASS = "cells";

  /** What Chromium needs; as an attribute, Batik would refuse the value. */
  private static final String SHARP =
      ("@supports (image-rendering:pixelated){" + Page.selector(CLASS))
          + "{image-rendering:pixelated}}";

  private EmbeddedImage() {}

  /** Draws it from the origin on. */
  static void draw(Figure figure, int width, int height, byte[] png) {
    figure.style(SHARP);
    figure
        .body()
        .open(SvgElement.IMAGE)
        .set(SvgAttribute.WIDTH, width)
        .set(SvgAttribute.HEIGHT, height)
        .setName(SvgAttribute.CLASS, CLASS)
        .set(SvgAttribute.PRESERVE_ASPECT_RATIO, "none")
        .set(SvgAttribute.IMAGE_RENDERING, "optimizeSpeed")
        .setPng(png)
        .close();
  }
}

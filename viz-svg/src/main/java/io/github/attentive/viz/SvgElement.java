package io.github.attentive.viz;

/** The elements a figure may have. No other can be written, whatever the input. */
enum SvgElement {
  SVG("svg"),
  TITLE("title"),
  DESC("desc"),
  METADATA("metadata"),
  STYLE("style"),
  DEFS("defs"),
  LINEAR_GRADIENT("linearGradient"),
  STOP("stop"),
  PATTERN("pattern"),
  CLIP_PATH("clipPath"),
  GROUP("g"),
  RECT("rect"),
  PATH("path"),
  IMAGE("image"),
  TEXT("text");

  private final String xmlName;

  SvgElement(String xmlName) {
    this.xmlName = xmlName;
  }

  String xmlName() {
    return xmlName;
  }
}

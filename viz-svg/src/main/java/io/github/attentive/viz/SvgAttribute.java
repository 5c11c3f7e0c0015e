package io.github.attentive.viz;

/**
 * The attributes a figure may have: none runs code and none refers to anything outside. {@link
 * #LINK} is set by {@link SvgWriter#setPng} only.
 */
enum SvgAttribute {
  XMLNS("xmlns"),
  XMLNS_XLINK("xmlns:xlink"),
  XML_SPACE("xml:space"),
  ID("id"),
  CLASS("class"),
  ROLE("role"),
  LABELLED_BY("aria-labelledby"),
  LABEL("aria-label"),
  HIDDEN("aria-hidden"),
  TAB_INDEX("tabindex"),
  WIDTH("width"),
  HEIGHT("height"),
  VIEW_BOX("viewBox"),
  X("x"),
  Y("y"),
  DY("dy"),
  X1("x1"),
  Y1("y1"),
  X2("x2"),
  Y2("y2"),
  OFFSET("offset"),
  PATH_DATA("d"),
  LINK("xlink:href"),
  PRESERVE_ASPECT_RATIO("preserveAspectRatio"),
  IMAGE_RENDERING("image-rendering"),
  CLIP_PATH("clip-path"),
  TRANSFORM("transform"),
  FILL("fill"),
  FILL_OPACITY("fill-opacity"),
  STROKE("stroke"),
  STROKE_OPACITY("stroke-opacity"),
  STROKE_WIDTH("stroke-width"),
  STROKE_DASHES("stroke-dasharray"),
  STROKE_JOIN("stroke-linejoin"),
  STROKE_CAP("stroke-linecap"),
  CORNER_RADIUS("rx"),
  STOP_COLOUR("stop-color"),
  PATTERN_UNITS("patternUnits"),
  SHAPE_RENDERING("shape-rendering"),
  POINTER_EVENTS("pointer-events"),
  DISPLAY("display"),
  FONT_FAMILY("font-family"),
  FONT_SIZE("font-size"),
  FONT_WEIGHT("font-weight"),
  TEXT_ANCHOR("text-anchor");

  private final String xmlName;

  SvgAttribute(String xmlName) {
    this.xmlName = xmlName;
  }

  String xmlName() {
    return xmlName;
  }
}

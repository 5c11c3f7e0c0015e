package io.github.attentive.viz;

import java.util.Optional;

/**
 * The colours of what is not data: ground, text and lines. They stand in the document as those of
 * one theme, complete without any style; a style sheet changes them for another.
 */
record Page(Colour ground, Colour ink, Colour rule, Optional<String> style) {
  static final String GROUND_CLASS = "page";
  static final String INK_CLASS = "ink";
  static final String RULE_CLASS = "rule";

  private static final Colour LIGHT_GROUND = Colour.WHITE;
  private static final Colour LIGHT_INK = new Colour(0x1F2328);
  private static final Colour LIGHT_RULE = new Colour(0x57606A);
  private static final Colour DARK_GROUND = new Colour(0x0D1117);
  private static final Colour DARK_INK = new Colour(0xE6EDF3);
  private static final Colour DARK_RULE = new Colour(0x8B949E);

  static Page of(Theme theme) {
    Page light = new Page(LIGHT_GROUND, LIGHT_INK, LIGHT_RULE, Optional.empty());
    Page dark = new Page(DARK_GROUND, DARK_INK, DARK_RULE, Optional.empty());
    return switch (theme) {
      case LIGHT -> light;
      case AUTO -> light.turning(dark, "screen and (prefers-color-scheme:dark)");
      case DARK -> dark.turning(light, "print");
    };
  }

  private Page turning(Page other, String when) {
    String rules =
        selector(GROUND_CLASS)
            + ("{fill:" + other.ground.hex() + "}")
            + selector(INK_CLASS)
            + ("{fill:" + other.ink.hex() + "}")
            + selector(RULE_CLASS)
            + ("{stroke:" + other.rule.hex() + "}");
    return new Page(ground, ink, rule, Optional.of("@media " + when + "{" + rules + "}"));
  }

  /**
   * Selects a class below the root's. Simple viewers that do not know media queries do not know
   * such selectors either, and so stay with the colours in the document.
   */
  static String selector(String name) {
    return "." + SvgWriter.PREFIX + " ." + SvgWriter.prefixed(name);
  }
}

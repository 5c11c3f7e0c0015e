package io.github.attentive.viz;

/** What the page of a figure looks like. The colours of data are the same in all. */
public enum Theme {
  /**
   * White, and dark for readers who prefer that; viewers that do not know of such preferences, and
   * paper, show it white.
   */
  AUTO,
  /** White. */
  LIGHT,
  /** Dark on screens, white on paper. */
  DARK
}

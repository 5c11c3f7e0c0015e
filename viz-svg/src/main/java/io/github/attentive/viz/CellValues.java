package io.github.attentive.viz;

/** Whether the cells of a heatmap carry their numbers. */
public enum CellValues {
  /** If there are few enough that numbers fit the cells; the default. */
  AUTO,
  /** Always; cells become wide enough. */
  SHOWN,
  /** Never. */
  HIDDEN
}

package io.github.attentive.internal;

import java.util.List;

/** The versions of one text in which some positions are left out. */
@FunctionalInterface
interface TextVersions {
  /**
   * What the model says of each version.
   *
   * @param kept for each version {@code [positions]}: true for a position that stays
   * @return a score for each label, for each version
   */
  List<float[]> scores(List<boolean[]> kept);
}

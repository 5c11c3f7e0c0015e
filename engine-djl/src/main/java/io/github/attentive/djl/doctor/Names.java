package io.github.attentive.djl.doctor;

import java.util.List;

/** Lists of names as a line shows them. */
final class Names {
  private static final int SHOWN = 6;

  private Names() {}

  /** The first few, and how many more there are. */
  static String some(List<String> names) {
    String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
    return names.size() > SHOWN ? first + " and " + (names.size() - SHOWN) + " more" : first;
  }
}

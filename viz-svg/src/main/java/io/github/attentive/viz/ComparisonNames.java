package io.github.attentive.viz;

import java.util.Objects;

/** What the caller calls the two sides of a comparison. */
record ComparisonNames(String a, String b) {
  static final ComparisonNames DEFAULT = new ComparisonNames("A", "B");

  ComparisonNames {
    Objects.requireNonNull(a, "a");
    Objects.requireNonNull(b, "b");
  }

  /** Says who A and B are, with a space behind it; nothing if they have no other names. */
  String sentence() {
    return equals(DEFAULT)
        ? ""
        : "A is “%s”, B is “%s”. ".formatted(XmlText.clean(a), XmlText.clean(b));
  }

  /** The heading of the first side; texts refer to it as A. */
  String headingA() {
    return a.equals("A") ? a : "A: " + a;
  }

  String headingB() {
    return b.equals("B") ? b : "B: " + b;
  }
}

package io.github.attentive;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that was looked at in a model, and what was found. Immutable.
 *
 * @param severity how bad it is
 * @param subject what was looked at, in a word or two, for instance {@code weights}
 * @param text what was found, in plain words
 * @param remedy what to do about it, or null if there is nothing to do or the text says it
 */
public record Finding(Severity severity, String subject, String text, @Nullable String remedy) {

  /** How bad a finding is. */
  public enum Severity {
    /** As it should be, or a remark. */
    OK,
    /** The model works, but perhaps not as its owner thinks. */
    WARNING,
    /** The model does not work, or its results are wrong. */
    PROBLEM
  }

  /**
   * Creates a finding.
   *
   * @param severity as above
   * @param subject as above
   * @param text as above
   * @param remedy as above
   */
  public Finding {
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
  }
}

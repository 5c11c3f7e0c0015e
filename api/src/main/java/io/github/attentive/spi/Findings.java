package io.github.attentive.spi;

import io.github.attentive.AttentiveException;
import io.github.attentive.Finding;
import io.github.attentive.Finding.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Collects what checks of a model find. Not thread-safe. */
public final class Findings {
  private final List<Finding> findings = new ArrayList<>();

  /** Starts with none. */
  public Findings() {}

  /**
   * Adds what is as it should be, or a remark.
   *
   * @param subject what was looked at
   * @param text what was found
   */
  public void ok(String subject, String text) {
    findings.add(new Finding(Severity.OK, subject, text, null));
  }

  /**
   * Adds what may be wrong.
   *
   * @param subject what was looked at
   * @param text what was found
   * @param remedy what to do, or null
   */
  public void warning(String subject, String text, @Nullable String remedy) {
    findings.add(new Finding(Severity.WARNING, subject, text, remedy));
  }

  /**
   * Adds what is wrong, unless a problem of the same text is there.
   *
   * @param subject what was looked at
   * @param text what was found
   * @param remedy what to do, or null
   */
  public void problem(String subject, String text, @Nullable String remedy) {
    boolean known =
        findings.stream().anyMatch(f -> f.severity() == Severity.PROBLEM && f.text().equals(text));
    if (!known) {
      findings.add(new Finding(Severity.PROBLEM, subject, text, remedy));
    }
  }

  /**
   * Adds the findings of another check.
   *
   * @param more in order
   */
  public void addAll(List<Finding> more) {
    findings.addAll(more);
  }

  /**
   * Makes a check; its failure is a problem, and no exception leaves.
   *
   * @param subject what is looked at
   * @param check adds its findings itself
   */
  public void check(String subject, Runnable check) {
    attempt(
        subject,
        () -> {
          check.run();
          return subject;
        });
  }

  /**
   * Reads what further checks need; a failure is a problem, and no exception leaves.
   *
   * @param subject what is looked at
   * @param reading gives it
   * @param <T> what it is
   * @return what was read, or empty after a failure
   */
  public <T> Optional<T> attempt(String subject, Supplier<T> reading) {
    try {
      return Optional.of(reading.get());
    } catch (AttentiveException e) {
      problem(subject, String.valueOf(e.getMessage()), null);
    } catch (RuntimeException | LinkageError e) {
      problem(subject, "this check failed: " + e, null);
    }
    return Optional.empty();
  }

  /**
   * Everything so far.
   *
   * @return an unmodifiable copy, in the order of the checks
   */
  public List<Finding> all() {
    return List.copyOf(findings);
  }
}

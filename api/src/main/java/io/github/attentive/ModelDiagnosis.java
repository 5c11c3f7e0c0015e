package io.github.attentive;

import io.github.attentive.Finding.Severity;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * What {@link ModelDoctor} found in a model. Immutable.
 *
 * @param model the model, as the caller named it
 * @param findings in the order of the checks, which is the same for the same model: first those of
 *     the files, then those of the running model
 */
public record ModelDiagnosis(Path model, List<Finding> findings) {

  /**
   * Creates a diagnosis.
   *
   * @param model as above
   * @param findings as above
   */
  public ModelDiagnosis {
    Objects.requireNonNull(model, "model");
    findings = List.copyOf(findings);
  }

  /**
   * Says whether the model can be used.
   *
   * @return true if no finding is a problem; there may be warnings
   */
  public boolean healthy() {
    return problems().isEmpty();
  }

  /**
   * What is wrong.
   *
   * @return the findings that are problems, in order
   */
  public List<Finding> problems() {
    return of(Severity.PROBLEM);
  }

  /**
   * What may be wrong.
   *
   * @return the findings that are warnings, in order
   */
  public List<Finding> warnings() {
    return of(Severity.WARNING);
  }

  private List<Finding> of(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).toList();
  }
}

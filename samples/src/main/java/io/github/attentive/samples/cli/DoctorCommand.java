package io.github.attentive.samples.cli;

import io.github.attentive.Finding;
import io.github.attentive.ModelDiagnosis;
import io.github.attentive.ModelDoctor;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code doctor}: what is wrong with a model, and how to mend it. */
@Command(
    name = "doctor",
    description = "Checks a model, its files and what it does, and says what is wrong.")
final class DoctorCommand implements Callable<Integer> {
  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private CommonOptions common = new CommonOptions();

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    ModelDiagnosis diagnosis = ModelDoctor.examine(model.model, common.loadOptions());
    console.out().println(common.format == OutputFormat.json ? json(diagnosis) : text(diagnosis));
    return diagnosis.healthy() ? ExitCodes.DONE : ExitCodes.FAILED;
  }

  private static String text(ModelDiagnosis diagnosis) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : diagnosis.findings()) {
      text.append(String.format(Locale.ROOT, "%-9s", mark(finding)))
          .append(oneLine(finding.subject() + ": " + finding.text()))
          .append('\n');
      if (finding.remedy() != null) {
        text.append(" ".repeat(11)).append(oneLine(finding.remedy())).append('\n');
      }
    }
    String warnings = counted(diagnosis.warnings().size(), "warning");
    return text.append(
            diagnosis.healthy()
                ? "healthy: %s, %s"
                    .formatted(counted(diagnosis.findings().size(), "check"), warnings)
                : "%s, %s".formatted(counted(diagnosis.problems().size(), "problem"), warnings))
        .toString();
  }

  private static String mark(Finding finding) {
    return finding.severity().name().toLowerCase(Locale.ROOT);
  }

  private static String counted(int number, String what) {
    return number + " " + what + (number == 1 ? "" : "s");
  }

  private static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", "; ");
  }

  private static String json(ModelDiagnosis diagnosis) {
    return JsonLine.of(
        json -> {
          json.writeStartObject();
          json.writeStringField("model", diagnosis.model().toString());
          json.writeBooleanField("healthy", diagnosis.healthy());
          json.writeArrayFieldStart("findings");
          for (Finding finding : diagnosis.findings()) {
            json.writeStartObject();
            json.writeStringField("severity", mark(finding));
            json.writeStringField("subject", finding.subject());
            json.writeStringField("text", finding.text());
            json.writeStringField("remedy", finding.remedy());
            json.writeEndObject();
          }
          json.writeEndArray();
          json.writeEndObject();
        });
  }
}

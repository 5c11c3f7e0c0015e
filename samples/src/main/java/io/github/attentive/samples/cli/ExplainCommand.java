package io.github.attentive.samples.cli;

import io.github.attentive.AttentionExplainer;
import io.github.attentive.ExplainOptions;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.TextInput;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: what the model looked at. */
@Command(name = "explain", description = "Explains a text, or each row of a file.")
final class ExplainCommand implements Runnable {
  private final Console console;

  @Mixin private ModelOption model = new ModelOption();
  @Mixin private InputOptions input = new InputOptions();
  @Mixin private ExplanationOptions explanation = new ExplanationOptions();
  @Mixin private CommonOptions common = new CommonOptions();

  @Option(names = "--attention", description = "puts the whole tensor into the JSON")
  private boolean attention;

  ExplainCommand(Console console) {
    this.console = console;
  }

  @Override
  public void run() {
    boolean json = common.format == OutputFormat.json;
    if (attention && !json) {
      throw new InvalidInputException("--attention: needs --format json, got text");
    }
    ExplainOptions options = explanation.options(json ? SpecialTokens.KEEP : SpecialTokens.DROP);
    List<TextInput> inputs = input.read();
    if (input.input == null && inputs.size() != 1) {
      throw new InvalidInputException("expected one TEXT, got " + inputs.size() + "; use --input");
    }
    StringBuilder lines = new StringBuilder();
    try (AttentionExplainer explainer =
        AttentionExplainer.load(model.model, common.loadOptions())) {
      for (Explanation result : explainer.explainAll(inputs, options)) {
        lines.append(json ? ResultJson.explanation(result, attention) : text(result)).append('\n');
      }
    }
    console.out().print(lines);
  }

  private static String text(Explanation result) {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            Locale.ROOT,
            "%s %.4f  %s",
            result.label(),
            result.score(result.label()),
            result.input().text().replaceAll("\\R", " ")));
    TerminalBars.of(result).forEach(line -> text.append("\n  ").append(line));
    if (result.attribution().dropped() > 0) {
      text.append(
          String.format(
              Locale.ROOT, "\n  special tokens received %.4f", result.attribution().dropped()));
    }
    return text.toString();
  }
}

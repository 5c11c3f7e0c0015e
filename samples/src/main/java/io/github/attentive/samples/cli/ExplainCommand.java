package io.github.attentive.samples.cli;

import io.github.attentive.ExplainOptions;
import io.github.attentive.Explainer;
import io.github.attentive.Explanation;
import io.github.attentive.InvalidInputException;
import io.github.attentive.SpecialTokens;
import io.github.attentive.explain.SegmentAttention;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code explain}: what the model looked at. */
@Command(name = "explain", description = "Explains a text, or each row of a file.")
final class ExplainCommand implements Runnable {
  /** Attention of long texts is large. */
  private static final int CHUNK = 32;

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
    Texts inputs = input.read(console);
    if (input.input == null && inputs.count() != 1) {
      throw new InvalidInputException("expected one TEXT, got " + inputs.count() + "; use --input");
    }
    try (Explainer explainer =
        model.explainer(options.method().needsAttention(), common.loadOptions())) {
      new ResultLines(console, null, common.atLeastABatch(CHUNK))
          .write(
              inputs,
              chunk -> explainer.explainAll(chunk, options).stream().map(this::line).toList());
    }
  }

  private String line(Explanation result) {
    SegmentAttention segments =
        result.input().pair() == null || !result.hasAttention()
            ? null
            : SegmentAttention.of(result, explanation.layer(), explanation.head());
    return common.format == OutputFormat.json
        ? ResultJson.explanation(result, segments, attention)
        : ResultText.explanation(result, segments);
  }
}

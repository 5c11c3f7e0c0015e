package io.github.attentive.djl.runtime;

import io.github.attentive.Finding;
import io.github.attentive.InvalidInputException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import io.github.attentive.spi.Findings;
import java.util.Arrays;
import java.util.List;

/**
 * Checks that a model which is given token types looks at them: a pair, run with its types and with
 * zeros, has to get other logits. Models that were converted wrongly ignore them.
 */
final class SegmentCheck {
  private static final String SUBJECT = "segments";
  private static final TextInput PROBE = TextInput.of("The movie was boring.", "It was great!");

  private SegmentCheck() {}

  /**
   * What was found; nothing for a model that takes no pairs or is given no types, or whose logits
   * are not finite.
   */
  static List<Finding> of(TextEncoder encoder, BatchInputs inputs, CompiledGraph graph) {
    EncodedText pair;
    try {
      pair = encoder.encode(PROBE);
    } catch (InvalidInputException e) {
      return List.of();
    }
    if (Arrays.stream(pair.tokenTypes()).allMatch(type -> type == 0)) {
      return List.of();
    }
    EncodedText untyped =
        new EncodedText(pair.positions(), new long[pair.length()], pair.truncated());
    float[] typed = logits(pair, inputs, graph);
    Findings findings = new Findings();
    for (float logit : typed) {
      if (!Float.isFinite(logit)) {
        return findings.all();
      }
    }
    if (Arrays.equals(typed, logits(untyped, inputs, graph))) {
      findings.warning(
          SUBJECT,
          "the model ignores which text of a pair a token is from: with and without token types it"
              + " gives the same scores to the last bit",
          "see whether it was exported without them, or the rows of its token type embedding are"
              + " alike; if so, do not use it for pairs");
    } else {
      findings.ok(SUBJECT, "the model looks at which text of a pair a token is from");
    }
    return findings.all();
  }

  private static float[] logits(EncodedText text, BatchInputs inputs, CompiledGraph graph) {
    return graph.run(ModelFunctions.CLASSIFY, inputs.of(List.of(text))).get(0).values();
  }
}

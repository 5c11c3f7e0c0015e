package io.github.attentive.internal;

import io.github.attentive.Classification;
import io.github.attentive.InferenceException;
import io.github.attentive.InvalidInputException;
import io.github.attentive.ModelInfo;
import io.github.attentive.TextInput;
import io.github.attentive.spi.Detail;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.ModelOutput;
import io.github.attentive.spi.TokenSpan;
import java.util.Arrays;
import java.util.List;

/** Runs a model on a few plain texts and checks what comes out, whatever engine it runs on. */
final class ProbeRuns {
  private static final String SHORT = "The movie was boring.";
  private static final String LONG =
      "The actors were great and I loved the music, but the story was slow and the end too late.";

  /** How far numbers may be apart that the same arithmetic gives in another order. */
  private static final float ROUNDING = 1e-4f;

  /** The longest text that is tried; a longer one takes long and shows no more. */
  private static final int LONGEST_TRIED = 512;

  private final EngineModel model;
  private final ModelInfo info;
  private final Findings findings;
  private final TextInput first;
  private final TextInput second;
  private final ModelOutput alone;

  /** False if the same text gets other scores each time, so that no others can be compared. */
  private boolean repeats = true;

  private ProbeRuns(EngineModel model, Findings findings) {
    this.model = model;
    this.info = model.info();
    this.findings = findings;
    boolean single = takes(TextInput.of(SHORT));
    // A model that refuses pairs, too, says why here.
    first = single ? TextInput.of(SHORT) : TextInput.of(SHORT, LONG);
    second = single ? TextInput.of(LONG) : TextInput.of(LONG, SHORT);
    alone = run(first);
  }

  /** Makes all checks, unless the model cannot run at all. */
  static void check(EngineModel model, Findings findings) {
    findings.attempt("scores", () -> new ProbeRuns(model, findings)).ifPresent(ProbeRuns::checkAll);
  }

  private void checkAll() {
    findings.check("scores", () -> ScoresCheck.check(info, alone, findings));
    findings.check("reading", this::reading);
    findings.check("repetition", this::repetition);
    if (repeats) {
      findings.check("batches", this::batches);
    }
    if (info.hasAttention()) {
      findings.check("attention", () -> AttentionCheck.check(info, explained(), findings));
      if (repeats) {
        findings.check("attention", this::explaining);
      }
    } else {
      findings.ok("attention", "none: the model classifies, and cannot be explained by attention");
    }
    findings.check("length", this::length);
    if (first.pair() == null) {
      findings.check("empty text", this::emptyText);
      findings.check("pairs", this::pairs);
    }
  }

  private boolean takes(TextInput input) {
    try {
      run(input);
      return true;
    } catch (InvalidInputException e) {
      return false;
    }
  }

  private ModelOutput run(TextInput input) {
    return run(List.of(input), Detail.SCORES).get(0);
  }

  private ModelOutput explained() {
    return run(List.of(first), Detail.ATTENTION).get(0);
  }

  private List<ModelOutput> run(List<TextInput> inputs, Detail detail) {
    List<ModelOutput> outputs = model.run(inputs, detail);
    if (outputs.size() != inputs.size()) {
      throw new InferenceException(
          "expected %s outputs, got %s".formatted(inputs.size(), outputs.size()));
    }
    for (int i = 0; i < outputs.size(); i++) {
      requireClassification(inputs.get(i), outputs.get(i));
    }
    return outputs;
  }

  /** What a classification refuses, such as numbers that are not finite, fails here. */
  private void requireClassification(TextInput input, ModelOutput output) {
    try {
      new Classification(
          input,
          info.problemType(),
          info.labels(),
          output.scores(),
          output.logits(),
          output.positions().size(),
          output.truncated());
    } catch (InvalidInputException e) {
      throw new InferenceException(String.valueOf(e.getMessage()), e);
    }
  }

  private void reading() {
    ModelOutput other = run(second);
    boolean sameTokens =
        alone.positions().stream()
            .map(TokenSpan::id)
            .toList()
            .equals(other.positions().stream().map(TokenSpan::id).toList());
    if (sameTokens) {
      findings.ok("reading", "the probes are the same to its vocabulary, so nothing can be said");
    } else if (Arrays.equals(numbers(alone), numbers(other))) {
      findings.warning(
          "reading",
          "two different texts get the same scores to the last bit: it does not look at its input",
          "see whether it was ever trained, and whether its weights are all there");
    } else {
      findings.ok("reading", "different texts get different scores");
    }
  }

  private void repetition() {
    ModelOutput again = run(first);
    float difference = difference(numbers(again), numbers(alone));
    if (difference > ROUNDING) {
      repeats = false;
      findings.problem(
          "repetition",
          "the same text got other scores the second time, by " + difference,
          "if the model was traced in training mode, dropout is on: call eval() and save it again");
    } else if (!Arrays.equals(numbers(again), numbers(alone))) {
      findings.warning(
          "repetition",
          "the same text got other scores the second time, by %s, as rounding".formatted(difference)
              + " in another order gives",
          "if you need equal bits, use --device cpu and one thread");
    } else {
      findings.ok("repetition", "the same text gets the same scores to the last bit");
    }
  }

  private void batches() {
    List<ModelOutput> together = run(List.of(second, first), Detail.SCORES);
    float difference =
        Math.max(
            difference(numbers(together.get(1)), numbers(alone)),
            difference(numbers(together.get(0)), numbers(run(second))));
    if (difference > ROUNDING) {
      findings.problem(
          "batches",
          "a text gets other scores beside a longer one than alone, by " + difference,
          "the model looks at its padding: see that it reads the attention mask; until then, use"
              + " batches of one");
    } else {
      findings.ok("batches", "a text gets the same scores alone and beside a longer one");
    }
  }

  private void explaining() {
    float difference = difference(numbers(explained()), numbers(alone));
    if (difference > ROUNDING) {
      findings.problem(
          "attention",
          "a text gets other scores when its attention is asked for, by " + difference,
          null);
    } else {
      findings.ok("attention", "a text gets the same scores with and without");
    }
  }

  private void length() {
    if (info.maxLength() > LONGEST_TRIED) {
      findings.ok("length", "texts of more than %s tokens were not tried".formatted(LONGEST_TRIED));
      return;
    }
    String words = "boring ".repeat(info.maxLength() + 1);
    ModelOutput cut = run(first.pair() == null ? TextInput.of(words) : TextInput.of(words, words));
    if (cut.truncated()) {
      findings.ok("length", "a longer text is cut to %s tokens".formatted(cut.positions().size()));
    } else {
      findings.warning(
          "length",
          "a text of %s words was read whole; expected at most %s tokens"
              .formatted(info.maxLength() + 1, info.maxLength()),
          null);
    }
  }

  private void emptyText() {
    run(TextInput.of(""));
    findings.ok("empty text", "is classified like any other");
  }

  private void pairs() {
    ModelOutput pair;
    try {
      pair = run(TextInput.of(SHORT, LONG));
    } catch (InvalidInputException e) {
      findings.ok("pairs", "are refused: " + e.getMessage());
      return;
    }
    if (pair.positions().stream().noneMatch(position -> position.segment() == 1)
        || Arrays.equals(numbers(pair), numbers(alone))) {
      findings.warning(
          "pairs",
          "are taken, but the second text changes nothing",
          "do not use this model for pairs");
    } else {
      findings.ok("pairs", "are read: the second text changes the scores");
    }
  }

  private static float[] numbers(ModelOutput output) {
    return output.logits().length > 0 ? output.logits() : output.scores();
  }

  private static float difference(float[] one, float[] other) {
    float most = one.length == other.length ? 0 : Float.POSITIVE_INFINITY;
    for (int i = 0; i < Math.min(one.length, other.length); i++) {
      most = Math.max(most, Math.abs(one[i] - other[i]) / Math.max(1, Math.abs(other[i])));
    }
    return most;
  }
}

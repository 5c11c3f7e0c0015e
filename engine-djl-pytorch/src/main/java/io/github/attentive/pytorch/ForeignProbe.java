package io.github.attentive.pytorch;

import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.TextInput;
import io.github.attentive.djl.architecture.ModelFunctions;
import io.github.attentive.djl.runtime.BatchInputs;
import io.github.attentive.djl.runtime.HostArray;
import io.github.attentive.djl.text.EncodedText;
import io.github.attentive.djl.text.TextEncoder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds out what a foreign model gives and how it may be run: it reads a short text, a long one,
 * and both in a batch.
 */
final class ForeignProbe {
  private static final TextInput SHORT = TextInput.of("good");
  private static final TextInput LONG = TextInput.of("the movie was not good at all");

  /** How far, relative to numbers above 1, results may differ that should be the same. */
  private static final double ROUNDING = 1e-4;

  private final ForeignModule module;
  private final TextEncoder encoder;
  private final String method;
  private final List<String> names;
  private final BatchInputs inputs;
  private final List<String> findings = new ArrayList<>();

  /**
   * What was found out.
   *
   * @param explained which output is what of the method that gives attention
   * @param classified which output is what of {@code forward}
   * @param probabilities whether the logits are probabilities
   * @param pads whether texts of different lengths may share a batch
   * @param batches whether several texts may
   * @param findings what the model's owner should know, a sentence each
   */
  record Result(
      ForeignOutputs explained,
      ForeignOutputs classified,
      boolean probabilities,
      boolean pads,
      boolean batches,
      List<String> findings) {}

  /**
   * Takes what the probe needs.
   *
   * @param module to be probed
   * @param encoder its tokenizer
   * @param method the one that gives attention, if any does
   * @param names of its inputs, in order
   * @param padId the token that pads
   */
  ForeignProbe(
      ForeignModule module, TextEncoder encoder, String method, List<String> names, long padId) {
    this.module = module;
    this.encoder = encoder;
    this.method = method;
    this.names = names;
    this.inputs = new BatchInputs(names, padId, true);
  }

  /**
   * Probes.
   *
   * @throws ModelLoadException if the model fails, gives no logits, or cannot be relied upon
   */
  Result result() {
    List<EncodedText> texts = List.of(encoder.encode(SHORT), encoder.encode(LONG));
    List<ForeignRun> alone = texts.stream().map(text -> run(List.of(text))).toList();
    List<ForeignRun> runs = new ArrayList<>(alone);
    boolean batches = true;
    try {
      runs.add(tried(method, texts));
    } catch (InferenceException e) {
      batches = false;
      findings.add("takes one text at a time only (" + e.getMessage() + ")");
    }
    ForeignOutputs outputs = ForeignOutputs.recognise(runs);
    runs.forEach(run -> requireFinite(run, outputs));
    requireRepeatable(texts.get(0), alone.get(0), outputs);

    boolean pads = false;
    if (batches) {
      pads = isSame(alone, runs.get(2), outputs);
      batches = pads || isSame(alone.get(1), run(List.of(texts.get(1), texts.get(1))), outputs);
      if (!batches) {
        findings.add("gives other results for a text in a batch; texts run one at a time");
      } else if (!pads && names.contains(ModelFunctions.ATTENTION_MASK)) {
        findings.add(
            "ignores its attention mask; was it exported without it? Only texts of one length run"
                + " together");
      }
    }
    // Texts of one length do not show whether padding would disturb.
    pads &=
        names.contains(ModelFunctions.ATTENTION_MASK)
            || texts.get(0).length() != texts.get(1).length();
    return new Result(
        outputs,
        classified(texts, outputs),
        isProbabilities(runs, outputs),
        pads,
        batches,
        findings);
  }

  private ForeignOutputs classified(List<EncodedText> texts, ForeignOutputs explained) {
    if (method.equals(ForwardSignature.FORWARD)) {
      return explained;
    }
    ForeignOutputs found =
        ForeignOutputs.recognise(
            texts.stream().map(text -> tried(ForwardSignature.FORWARD, List.of(text))).toList());
    if (found.labels() != explained.labels()) {
      throw new ModelLoadException(
          "expected %s and %s to give as many logits, got %s and %s"
              .formatted(method, ForwardSignature.FORWARD, explained.labels(), found.labels()));
    }
    return found;
  }

  private ForeignRun tried(String method, List<EncodedText> texts) {
    return new ForeignRun(
        texts.stream().map(EncodedText::length).toList(),
        module.run(method, inputs.of(texts), i -> true));
  }

  private ForeignRun run(List<EncodedText> texts) {
    try {
      return tried(method, texts);
    } catch (InferenceException e) {
      throw new ModelLoadException(
          "expected a model that reads a text of %s tokens as %s, 64-bit numbers [batch, length]; %s"
                  .formatted(texts.get(0).length(), names, e.getMessage())
              + "; was it exported for one length only, or for another tokenizer?",
          e);
    }
  }

  private static void requireFinite(ForeignRun run, ForeignOutputs outputs) {
    for (float logit : run.outputs().get(outputs.logits()).values()) {
      if (!Float.isFinite(logit)) {
        throw new ModelLoadException(
            "expected finite logits for texts of %s tokens, got %s; the weights are damaged"
                .formatted(run.lengths(), logit));
      }
    }
  }

  private void requireRepeatable(EncodedText text, ForeignRun before, ForeignOutputs outputs) {
    if (!isSame(before, run(List.of(text)), outputs)) {
      throw new ModelLoadException(
          "expected the same logits for the same text, got others at the second run; was it exported"
              + " with dropout? Call model.eval() before");
    }
  }

  /** Whether the first texts of two runs have the same logits. */
  private static boolean isSame(ForeignRun one, ForeignRun other, ForeignOutputs outputs) {
    float[] expected = one.outputs().get(outputs.logits()).values();
    float[] found = other.outputs().get(outputs.logits()).values();
    return isSame(expected, Arrays.copyOf(found, expected.length));
  }

  private static boolean isSame(float[] expected, float[] found) {
    for (int i = 0; i < expected.length; i++) {
      if (!(Math.abs(found[i] - expected[i]) <= ROUNDING * Math.max(1, Math.abs(expected[i])))) {
        return false;
      }
    }
    return true;
  }

  /** Whether texts alone give what they give in a padded batch, and attend to no padding. */
  private static boolean isSame(List<ForeignRun> alone, ForeignRun batch, ForeignOutputs outputs) {
    int labels = outputs.labels();
    float[] logits = batch.outputs().get(outputs.logits()).values();
    List<HostArray.Floats> padded = outputs.layersOf(batch.outputs());
    for (int text = 0; text < alone.size(); text++) {
      ForeignRun own = alone.get(text);
      if (!isSame(
          own.outputs().get(outputs.logits()).values(),
          Arrays.copyOfRange(logits, text * labels, (text + 1) * labels))) {
        return false;
      }
      List<HostArray.Floats> layers = outputs.layersOf(own.outputs());
      for (int layer = 0; layer < layers.size(); layer++) {
        if (!isSame(layers.get(layer).values(), cut(padded.get(layer), text, layers.get(layer)))) {
          return false;
        }
      }
    }
    return true;
  }

  /** A text's part of a batch, in the shape of the text alone. */
  private static float[] cut(HostArray.Floats batch, int text, HostArray.Floats alone) {
    long[] from = batch.shape();
    long[] to = alone.shape();
    int keys = (int) to[3];
    float[] values = new float[alone.values().length];
    int at = 0;
    for (int head = 0; head < to[1]; head++) {
      for (int query = 0; query < to[2]; query++, at += keys) {
        long row = (text * from[1] + head) * from[2] + query;
        System.arraycopy(batch.values(), Math.toIntExact(row * from[3]), values, at, keys);
      }
    }
    return values;
  }

  private boolean isProbabilities(List<ForeignRun> runs, ForeignOutputs outputs) {
    int labels = outputs.labels();
    for (ForeignRun run : runs) {
      float[] values = run.outputs().get(outputs.logits()).values();
      for (int from = 0; from < values.length; from += labels) {
        double sum = 0;
        for (int i = from; i < from + labels; i++) {
          sum += values[i] < 0 ? Double.NaN : values[i];
        }
        if (labels < 2 || !(Math.abs(sum - 1) <= ROUNDING)) {
          return false;
        }
      }
    }
    findings.add("gives probabilities, not logits; their logarithms stand for the logits");
    return true;
  }
}

package io.github.attentive.internal;

import io.github.attentive.AttentionTensor;
import io.github.attentive.ModelInfo;
import io.github.attentive.spi.Findings;
import io.github.attentive.spi.ModelOutput;
import java.util.Arrays;
import java.util.Optional;

/** Checks the attention of one output: its shape, and that its rows are distributions. */
final class AttentionCheck {
  private static final String SUBJECT = "attention";

  /** How far a row's sum may be from 1, and a weight from [0, 1]. */
  private static final double TOLERANCE = 1e-3;

  private AttentionCheck() {}

  static void check(ModelInfo info, ModelOutput output, Findings findings) {
    Optional<AttentionTensor> attention = output.attention();
    if (attention.isEmpty()) {
      findings.problem(SUBJECT, "expected weights with the output, got none", null);
      return;
    }
    AttentionTensor tensor = attention.get();
    int positions = output.positions().size();
    String shape = Arrays.toString(tensor.shape());
    boolean queriesFit = tensor.queries() == positions || tensor.queries() == 1;
    if (tensor.layers() != info.layers()
        || tensor.heads() != info.heads()
        || tensor.keys() != positions
        || !queriesFit) {
      findings.problem(
          SUBJECT,
          "expected the shape [%s, %s, %s or 1, %s] (layers, heads, queries, keys), got %s"
              .formatted(info.layers(), info.heads(), positions, positions, shape),
          null);
      return;
    }
    Optional<String> oddRow = oddRow(tensor);
    if (oddRow.isPresent()) {
      findings.problem(
          SUBJECT,
          oddRow.get(),
          "see that the model gives probabilities, taken after the softmax and without dropout");
    } else {
      findings.ok(SUBJECT, "shape %s, each row sums to 1".formatted(shape));
    }
  }

  /** The first row that is no distribution. */
  private static Optional<String> oddRow(AttentionTensor tensor) {
    float[] values = tensor.toArray();
    for (int from = 0; from < values.length; from += tensor.keys()) {
      double sum = 0;
      double least = 0;
      for (int i = from; i < from + tensor.keys(); i++) {
        sum += values[i];
        least = Math.min(least, values[i]);
      }
      if (Math.abs(sum - 1) > TOLERANCE || least < -TOLERANCE) {
        int row = from / tensor.keys();
        int head = row / tensor.queries();
        return Optional.of(
            "expected weights from 0 on that sum to 1 in each row, got a sum of %s and %s"
                    .formatted((float) sum, least < -TOLERANCE ? "negative ones" : "none below 0")
                + " in layer %s, head %s, query %s"
                    .formatted(
                        head / tensor.heads(), head % tensor.heads(), row % tensor.queries()));
      }
    }
    return Optional.empty();
  }
}

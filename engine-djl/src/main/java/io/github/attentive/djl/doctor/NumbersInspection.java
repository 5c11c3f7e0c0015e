package io.github.attentive.djl.doctor;

import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.spi.Findings;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads every number of a model's weights, for what arithmetic cannot use. */
final class NumbersInspection {
  private static final String SUBJECT = "numbers";
  private static final int BLOCK = 8192;

  /** Matrices that well-trained models have with zeros only. */
  private static final Pattern MAY_BE_ZERO = Pattern.compile(".*(token_type|position|rel).*");

  private NumbersInspection() {}

  /** What one tensor holds. */
  private record Content(long notFinite, boolean onlyZeros) {}

  static void inspect(Collection<StoredTensor> tensors, Set<String> unused, Findings findings) {
    List<String> broken = new ArrayList<>();
    List<String> brokenUnused = new ArrayList<>();
    List<String> zeros = new ArrayList<>();
    for (StoredTensor tensor : tensors) {
      if (!tensor.type().isWeight() || tensor.elements() == 0) {
        continue;
      }
      Content content = content(tensor);
      boolean used = !unused.contains(tensor.name());
      if (content.notFinite > 0) {
        (used ? broken : brokenUnused)
            .add("'%s' (%s of %s)".formatted(tensor.name(), content.notFinite, tensor.elements()));
      }
      if (used
          && content.onlyZeros
          && tensor.sizes().length > 1
          && !MAY_BE_ZERO.matcher(tensor.name()).matches()) {
        zeros.add("'" + tensor.name() + "'");
      }
    }
    report(broken, brokenUnused, zeros, findings);
  }

  private static void report(
      List<String> broken, List<String> brokenUnused, List<String> zeros, Findings findings) {
    if (!broken.isEmpty()) {
      findings.problem(
          SUBJECT,
          "expected finite weights, got NaN or infinities in " + Names.some(broken),
          "the training went wrong or the file is damaged: fetch it again, or go back to an earlier"
              + " checkpoint");
    }
    if (!brokenUnused.isEmpty()) {
      findings.warning(
          SUBJECT,
          "NaN or infinities in weights that are not used: " + Names.some(brokenUnused),
          "the file may be damaged: fetch it again");
    }
    if (!zeros.isEmpty()) {
      findings.warning(
          SUBJECT,
          "nothing but zeros in " + Names.some(zeros),
          "see whether the model was ever trained, and whether it was saved whole");
    }
    if (broken.isEmpty() && zeros.isEmpty()) {
      findings.ok(SUBJECT, "every weight is finite, and no matrix is all zeros");
    }
  }

  private static Content content(StoredTensor tensor) {
    FloatBuffer numbers = tensor.parameter().bytes().asFloatBuffer();
    float[] block = new float[BLOCK];
    long notFinite = 0;
    boolean onlyZeros = true;
    while (numbers.hasRemaining()) {
      int count = Math.min(BLOCK, numbers.remaining());
      numbers.get(block, 0, count);
      for (int i = 0; i < count; i++) {
        notFinite += Float.isFinite(block[i]) ? 0 : 1;
        onlyZeros &= block[i] == 0;
      }
    }
    return new Content(notFinite, onlyZeros);
  }
}

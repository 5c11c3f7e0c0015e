package io.github.attentive.djl.doctor;

import io.github.attentive.djl.architecture.CheckpointWeights;
import io.github.attentive.djl.architecture.HuggingFaceModel;
import io.github.attentive.djl.checkpoint.Checkpoint;
import io.github.attentive.djl.checkpoint.StoredTensor;
import io.github.attentive.spi.Findings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Checks that every weight is there in the shape its configuration implies, and no other. */
final class WeightsInspection {
  private static final String SUBJECT = "weights";

  /** Buffers, parts that a classifier of the family does without, and heads of pretraining. */
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(.*\\.)?(position_ids|token_type_ids|inv_freq)"
              + "|(.*\\.)?(pooler|position_embeddings|token_type_embeddings)\\..*"
              + "|(cls|lm_head|predictions|sop_classifier|generator_predictions|generator_lm_head"
              + "|discriminator_predictions|vocab_transform|vocab_layer_norm|vocab_projector"
              + "|mask_predictions|lm_predictions|decoder|qa_outputs)\\..*");

  private WeightsInspection() {}

  /**
   * Adds what is found.
   *
   * @return the tensors that the model does not use
   */
  static Set<String> inspect(HuggingFaceModel model, Checkpoint checkpoint, Findings findings) {
    CheckpointWeights weights = new CheckpointWeights(checkpoint);
    model.graph(weights);
    List<String> unused = weights.unused();
    List<StoredTensor> used =
        checkpoint.tensors().values().stream()
            .filter(tensor -> !unused.contains(tensor.name()))
            .toList();
    findings.ok(
        SUBJECT,
        "%s: %s tensors, %s numbers of type %s, all of the shapes that config.json implies"
            .formatted(
                checkpoint.source().getFileName(),
                used.size(),
                used.stream().mapToLong(StoredTensor::elements).sum(),
                used.stream()
                    .map(tensor -> tensor.type().name())
                    .distinct()
                    .sorted()
                    .collect(Collectors.joining(", "))));
    report(unused, used, findings);
    return new HashSet<>(unused);
  }

  private static void report(List<String> unused, List<StoredTensor> used, Findings findings) {
    Set<String> parts = new TreeSet<>();
    used.forEach(tensor -> parts.add(part(tensor.name())));
    List<String> suspicious = new ArrayList<>();
    List<String> harmless = new ArrayList<>();
    for (String name : unused) {
      boolean odd = parts.contains(part(name)) && !HARMLESS.matcher(name).matches();
      (odd ? suspicious : harmless).add("'" + name + "'");
    }
    if (!harmless.isEmpty()) {
      findings.ok(SUBJECT, "not needed to classify: " + Names.some(harmless));
    }
    if (!suspicious.isEmpty()) {
      findings.warning(
          SUBJECT,
          "not used, though they look like the model's own: " + Names.some(suspicious),
          "see whether config.json (num_hidden_layers, for one) belongs to these weights; save both"
              + " together with save_pretrained");
    }
  }

  /** The first part of a name: the encoder, or a head. */
  private static String part(String name) {
    int dot = name.indexOf('.');
    return dot < 0 ? name : name.substring(0, dot);
  }
}

package io.github.attentive.pytorch;

import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.runtime.ForeignOutput;
import io.github.attentive.djl.runtime.HostArray;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which outputs of a foreign model are what.
 *
 * <p>The logits are the first output that is {@code [batch, labels]} for texts of every length.
 * Attention is every output that is {@code [batch, heads, length, length]}; or, without those, the
 * first that is {@code [batch, layers, heads, length, length]} or {@code [layers, batch, heads,
 * length, length]}; or, without that, the first that is {@code [batch, length]}, perhaps with axes
 * of size 1 between, with rows that sum to 1, the weights of an attention pooling. Other outputs
 * are left alone.
 *
 * @param count of all outputs
 * @param logits index of the logits
 * @param labels how many there are
 * @param layout of the attention
 * @param attention indices of the attention
 * @param layers 0 without attention
 * @param heads of a layer, 0 without attention
 */
record ForeignOutputs(
    int count,
    int logits,
    int labels,
    Layout layout,
    List<Integer> attention,
    int layers,
    int heads) {

  /** How the layers of attention come. */
  enum Layout {
    /** Not at all. */
    NONE,
    /** One output a layer. */
    APART,
    /** One output, its first axis the batch. */
    BATCH_FIRST,
    /** One output, its first axis the layers. */
    LAYERS_FIRST,
    /** One row for each text. */
    POOLING
  }

  /**
   * Recognises the outputs.
   *
   * @param runs for texts of different lengths and for a batch
   * @throws ModelLoadException if there are no logits, or what looks like attention is none
   */
  static ForeignOutputs recognise(List<ForeignRun> runs) {
    ForeignRun first = runs.get(0);
    int count = first.outputs().size();
    if (runs.stream().anyMatch(run -> run.outputs().size() != count)) {
      throw new ModelLoadException("expected the same outputs for every text, got " + given(runs));
    }
    int logits =
        indices(count, i -> every(runs, run -> run.isLogits(i)) && agree(runs, i, 1)).stream()
            .findFirst()
            .orElseThrow(
                () ->
                    new ModelLoadException(
                        "expected an output [batch, labels] of floats, the logits, got "
                            + given(runs)
                            + "; export a model with a classification head"));
    int labels = first.outputs().get(logits).size(1);

    List<Integer> apart =
        indices(count, i -> every(runs, run -> run.isAttention(i, 4, 0)) && agree(runs, i, 1));
    if (!apart.isEmpty()) {
      int heads = first.outputs().get(apart.get(0)).size(1);
      if (apart.stream().anyMatch(i -> first.outputs().get(i).size(1) != heads)) {
        throw new ModelLoadException("expected as many heads in every layer, got " + given(runs));
      }
      requireRows(runs, apart);
      return new ForeignOutputs(count, logits, labels, Layout.APART, apart, apart.size(), heads);
    }
    for (Layout layout : List.of(Layout.BATCH_FIRST, Layout.LAYERS_FIRST)) {
      int batchAxis = layout == Layout.BATCH_FIRST ? 0 : 1;
      int layersAxis = 1 - batchAxis;
      List<Integer> stacked =
          indices(
              count,
              i ->
                  every(runs, run -> run.isAttention(i, 5, batchAxis))
                      && agree(runs, i, layersAxis)
                      && agree(runs, i, 2));
      if (!stacked.isEmpty()) {
        List<Integer> only = stacked.subList(0, 1);
        ForeignOutput found = first.outputs().get(only.get(0));
        requireRows(runs, only);
        return new ForeignOutputs(
            count, logits, labels, layout, only, found.size(layersAxis), found.size(2));
      }
    }
    List<Integer> rows = indices(count, i -> i != logits && every(runs, run -> run.isPooling(i)));
    return rows.isEmpty()
        ? new ForeignOutputs(count, logits, labels, Layout.NONE, List.of(), 0, 0)
        : new ForeignOutputs(count, logits, labels, Layout.POOLING, rows.subList(0, 1), 1, 1);
  }

  private static List<Integer> indices(int count, IntPredicate predicate) {
    return IntStream.range(0, count).filter(predicate).boxed().toList();
  }

  private static boolean every(List<ForeignRun> runs, Predicate<ForeignRun> predicate) {
    return runs.stream().allMatch(predicate);
  }

  /** Whether an axis of an output has one size in all runs. */
  private static boolean agree(List<ForeignRun> runs, int output, int axis) {
    return runs.stream().map(run -> run.outputs().get(output).size(axis)).distinct().count() == 1;
  }

  /** Of single texts; in a batch, what the rows of padding hold is left to the model. */
  private static void requireRows(List<ForeignRun> runs, List<Integer> outputs) {
    runs.stream()
        .filter(run -> run.lengths().size() == 1)
        .forEach(run -> outputs.forEach(run::requireRows));
  }

  private static String given(List<ForeignRun> runs) {
    return runs.stream()
        .map(
            run ->
                "%s for texts of %s tokens"
                    .formatted(
                        run.outputs().isEmpty() ? "no tensor" : run.outputs(), run.lengths()))
        .collect(Collectors.joining(", "));
  }

  /**
   * The attention as one array {@code [batch, heads, queries, keys]} a layer.
   *
   * @param outputs all outputs of a run
   * @return a layer after the other
   */
  List<HostArray.Floats> layersOf(List<ForeignOutput> outputs) {
    return switch (layout) {
      case NONE -> List.of();
      case APART -> attention.stream().map(i -> outputs.get(i).array()).toList();
      case POOLING -> {
        HostArray.Floats rows = outputs.get(attention.get(0)).array();
        long[] all = rows.shape();
        long[] shape = {all[0], 1, 1, all[all.length - 1]};
        yield List.of(new HostArray.Floats(shape, rows.values()));
      }
      case BATCH_FIRST, LAYERS_FIRST -> {
        HostArray.Floats stack = outputs.get(attention.get(0)).array();
        List<HostArray.Floats> split = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
          split.add(layer(stack, layer));
        }
        yield split;
      }
    };
  }

  private HostArray.Floats layer(HostArray.Floats stack, int layer) {
    long[] all = stack.shape();
    boolean batchFirst = layout == Layout.BATCH_FIRST;
    int batch = (int) all[batchFirst ? 0 : 1];
    int size = stack.values().length / (batch * layers);
    float[] values = new float[batch * size];
    for (int text = 0; text < batch; text++) {
      int from = batchFirst ? text * layers + layer : layer * batch + text;
      System.arraycopy(stack.values(), from * size, values, text * size, size);
    }
    return new HostArray.Floats(new long[] {batch, all[2], all[3], all[4]}, values);
  }

  /** Whether a run's outputs are what they were when the model was opened. */
  boolean fit(ForeignRun run) {
    List<ForeignOutput> outputs = run.outputs();
    if (outputs.size() != count || !run.isLogits(logits) || outputs.get(logits).size(1) != labels) {
      return false;
    }
    return attention.stream()
        .allMatch(
            i ->
                switch (layout) {
                  case NONE -> true;
                  case APART -> run.isAttention(i, 4, 0) && outputs.get(i).size(1) == heads;
                  case BATCH_FIRST ->
                      run.isAttention(i, 5, 0)
                          && outputs.get(i).size(1) == layers
                          && outputs.get(i).size(2) == heads;
                  case LAYERS_FIRST ->
                      run.isAttention(i, 5, 1)
                          && outputs.get(i).size(0) == layers
                          && outputs.get(i).size(2) == heads;
                  case POOLING -> run.hasShapeOfPooling(i);
                });
  }
}

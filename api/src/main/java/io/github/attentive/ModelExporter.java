package io.github.attentive;

import io.github.attentive.internal.EngineSelection;
import io.github.attentive.internal.ModelSession;
import io.github.attentive.spi.EngineProvider;
import java.nio.file.Path;

/**
 * Writes a model as one file that other runtimes run, without this library. Thread-safe.
 *
 * <p>The model has a function that classifies and, for a model with attention, one that explains.
 * Both take {@code input_ids}, {@code attention_mask} and {@code token_type_ids}, as many of them
 * as the model reads, in this order, each {@code [batch, length]} of 64-bit integers, a padded
 * position having the mask 0. The first gives the logits {@code [batch, outputs]}, raw, before any
 * softmax; the second the logits and, for each layer, the attention {@code [batch, heads, queries,
 * keys]}, rows of which sum to 1. Numbers are 32-bit floats. Equal models give equal bytes.
 *
 * <ul>
 *   <li>In a TorchScript file they are the methods {@code forward} and {@code explain}, which gives
 *       a tuple.
 *   <li>In a SavedModel they are the signatures {@code classify}, which is {@code serving_default},
 *       too, and {@code explain}, under the tag {@code serve}. Inputs go by their names, outputs by
 *       {@code logits}, {@code attention_0}, {@code attention_1} and so on. Weights are constants
 *       of the graph, which can be no larger than 2 GiB.
 * </ul>
 *
 * <pre>{@code
 * ModelExporter.export(Path.of("models/reviews"), ExportFormat.TORCHSCRIPT, Path.of("served"));
 * }</pre>
 */
public final class ModelExporter {
  private ModelExporter() {}

  /**
   * Exports with the default options.
   *
   * @param model a model directory
   * @param format what to write
   * @param out where to; see {@link #export(Path, ExportFormat, Path, LoadOptions)}
   * @return what was written
   * @throws EngineUnavailableException if no engine writes the format
   * @throws ModelLoadException if the model cannot be opened, or the export not be written
   * @throws InvalidInputException if {@code out} is not acceptable
   */
  public static ExportedModel export(Path model, ExportFormat format, Path out) {
    return export(model, format, out, LoadOptions.defaults());
  }

  /**
   * Exports.
   *
   * <p>{@code out} is a directory, made if missing: the model goes there as {@code model.pt} or
   * {@code saved_model.pb}, beside it the model's labels ({@code config.json}) and its tokenizer or
   * vocabulary. Where {@code out} names a TorchScript file, which ends in {@code .pt}, that file
   * alone is written; one of that name is replaced, and its folder must be there. A file appears
   * when it is whole.
   *
   * @param model a model directory
   * @param format what to write
   * @param out where to, outside the model directory
   * @param options which engine writes, and the maximum length that is told to those who read the
   *     export, if it is to be below the model's; device and threads do not matter
   * @return what was written
   * @throws EngineUnavailableException if the engine asked for, or any, does not write the format
   * @throws ModelLoadException if the model cannot be opened, or the export not be written
   * @throws InvalidInputException if {@code out} is not acceptable
   */
  public static ExportedModel export(
      Path model, ExportFormat format, Path out, LoadOptions options) {
    ModelSession.requireExisting(model);
    EngineProvider engine =
        EngineSelection.onClassPath(options.classLoader().orElse(null))
            .exporterOf(format, options.engine());
    return engine.export(model, format, out, options);
  }
}

package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.attentive.InferenceException;
import io.github.attentive.djl.runtime.HostArray;
import java.util.List;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/** A call of a module's method, with a manager of its own that is closed on every path. */
final class NativeCall {
  private static final Pattern REASON = Pattern.compile("[\\w.]*(Error|Exception): ");

  private NativeCall() {}

  /**
   * Runs a method.
   *
   * @param model the module
   * @param method its name
   * @param inputs in the method's order
   * @param reader copies what it wants out of the result; the manager closes after it
   * @return what the reader gave
   * @throws InferenceException if PyTorch fails
   */
  static <R> R run(
      Model model,
      String method,
      List<HostArray> inputs,
      BiFunction<IValue, PtNDManager, R> reader) {
    IValue[] arguments = new IValue[inputs.size()];
    try (NDManager manager = model.getNDManager().newSubManager()) {
      for (int i = 0; i < arguments.length; i++) {
        arguments[i] = IValue.from((PtNDArray) NativeArrays.toNative(inputs.get(i), manager));
      }
      PtSymbolBlock block = (PtSymbolBlock) model.getBlock();
      try (IValue result = IValueUtils.runMethod(block, method, arguments)) {
        return reader.apply(result, (PtNDManager) manager);
      }
    } catch (EngineException | IllegalStateException e) {
      throw new InferenceException(
          "PyTorch failed in '%s' on %s: %s".formatted(method, inputs, reason(e)), e);
    } finally {
      for (IValue argument : arguments) {
        if (argument != null) {
          argument.close();
        }
      }
    }
  }

  /** What went wrong, without the program's text that PyTorch shows around it. */
  static String reason(RuntimeException failure) {
    String message = String.valueOf(failure.getMessage());
    return message
        .lines()
        .filter(line -> REASON.matcher(line).lookingAt())
        .findFirst()
        .orElseGet(() -> message.lines().findFirst().orElse(message));
  }
}

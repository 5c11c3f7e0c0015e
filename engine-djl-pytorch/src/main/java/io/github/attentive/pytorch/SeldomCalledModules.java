package io.github.attentive.pytorch;

import ai.djl.Model;
import ai.djl.engine.EngineException;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.IValueUtils;
import io.github.attentive.Device;
import io.github.attentive.InferenceException;
import io.github.attentive.ModelLoadException;
import io.github.attentive.djl.graph.Graph;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The functions of a graph that are seldom called: a module for each, loaded when it is called for
 * the first time. It borrows the weights of the graph's own module, so that it has none itself.
 * Thread-safe but for {@link #close}.
 */
final class SeldomCalledModules implements AutoCloseable {
  private final Model lender;
  private final TorchScriptCode.Bindable code;
  private final Graph outline;
  private final DenseLayers denseLayers;
  private final Device device;
  private final Map<String, Model> loaded = new ConcurrentHashMap<>();

  /**
   * Loads nothing so far.
   *
   * @param lender the graph's own module, which has its weights
   * @param code of the lender
   * @param outline of the graph
   * @param denseLayers how the lender is written
   * @param device where the lender is
   */
  SeldomCalledModules(
      Model lender,
      TorchScriptCode.Bindable code,
      Graph outline,
      DenseLayers denseLayers,
      Device device) {
    this.lender = lender;
    this.code = code;
    this.outline = outline;
    this.denseLayers = denseLayers;
    this.device = device;
  }

  /**
   * The module that has a function.
   *
   * @param function any name
   * @return the function's own module, or the lender if the function is not seldom called
   * @throws InferenceException if PyTorch does not take the module
   */
  Model moduleOf(String function) {
    return outline.has(function) ? loaded.computeIfAbsent(function, this::load) : lender;
  }

  private Model load(String function) {
    try {
      TorchScriptCode.Bindable borrowing =
          TorchScriptCode.borrowing(outline, function, code, denseLayers);
      Model module =
          PyTorchRuntime.load(
              out -> TorchScriptArchive.writeBindable(borrowing, out), device, false);
      try {
        borrow(module);
        return module;
      } catch (RuntimeException | Error e) {
        module.close();
        throw e;
      }
    } catch (ModelLoadException | EngineException | IllegalStateException e) {
      throw new InferenceException(
          "PyTorch cannot prepare '%s': %s".formatted(function, e.getMessage()), e);
    }
  }

  private void borrow(Model module) {
    PtSymbolBlock owner = (PtSymbolBlock) lender.getBlock();
    PtSymbolBlock borrower = (PtSymbolBlock) module.getBlock();
    try (IValue weights = IValueUtils.runMethod(owner, TorchScriptCode.LEND)) {
      IValueUtils.runMethod(borrower, TorchScriptCode.BIND, weights).close();
    }
  }

  @Override
  public void close() {
    loaded.values().forEach(Model::close);
  }
}

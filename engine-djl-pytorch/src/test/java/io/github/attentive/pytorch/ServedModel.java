package io.github.attentive.pytorch;

import ai.djl.MalformedModelException;
import ai.djl.inference.Predictor;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.repository.zoo.Criteria;
import ai.djl.repository.zoo.ModelNotFoundException;
import ai.djl.repository.zoo.ZooModel;
import ai.djl.translate.TranslateException;
import io.github.attentive.djl.runtime.HostArray;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What was exported, opened as a host opens it that knows DJL and nothing of this library. */
final class ServedModel implements AutoCloseable {
  private final ZooModel<NDList, NDList> model;
  private final Predictor<NDList, NDList> predictor;

  private ServedModel(ZooModel<NDList, NDList> model) {
    this.model = model;
    this.predictor = model.newPredictor();
  }

  /** Opens a file, or a directory that has one. */
  static ServedModel open(Path path)
      throws ModelNotFoundException, MalformedModelException, IOException {
    PyTorchRuntime.engine();
    return new ServedModel(
        Criteria.builder()
            .setTypes(NDList.class, NDList.class)
            .optEngine("PyTorch")
            .optModelPath(path)
            .build()
            .loadModel());
  }

  /** The logits. */
  HostArray.Floats forward(List<HostArray.Longs> inputs) throws TranslateException {
    return run(inputs, null).get(0);
  }

  /** The logits and the attention of each layer. */
  List<HostArray.Floats> explain(List<HostArray.Longs> inputs) throws TranslateException {
    return run(inputs, "explain");
  }

  List<HostArray.Floats> run(List<HostArray.Longs> inputs, String method)
      throws TranslateException {
    try (NDManager manager = model.getNDManager().newSubManager()) {
      NDList arguments = new NDList();
      for (HostArray.Longs input : inputs) {
        arguments.add(manager.create(input.values(), new Shape(input.shape())));
      }
      if (method != null) {
        NDArray name = manager.create(0);
        name.setName("module_method:" + method);
        arguments.add(name);
      }
      NDList outputs = predictor.predict(arguments);
      outputs.attach(manager);
      return NativeArrays.toHost(outputs);
    }
  }

  @Override
  public void close() {
    predictor.close();
    model.close();
  }
}

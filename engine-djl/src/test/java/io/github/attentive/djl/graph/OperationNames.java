package io.github.attentive.djl.graph;

/** Names each operation by the method that was called for it. */
final class OperationNames implements Operation.Visitor<String> {
  @Override
  public String embedding(Operation.Embedding operation) {
    return "Embedding";
  }

  @Override
  public String add(Operation.Add operation) {
    return "Add";
  }

  @Override
  public String matMul(Operation.MatMul operation) {
    return "MatMul";
  }

  @Override
  public String transpose(Operation.Transpose operation) {
    return "Transpose";
  }

  @Override
  public String unsqueeze(Operation.Unsqueeze operation) {
    return "Unsqueeze";
  }

  @Override
  public String softmax(Operation.Softmax operation) {
    return "Softmax";
  }

  @Override
  public String mean(Operation.Mean operation) {
    return "Mean";
  }

  @Override
  public String linear(Operation.Linear operation) {
    return "Linear";
  }

  @Override
  public String attention(Operation.Attention operation) {
    return "Attention";
  }

  @Override
  public String binaryCrossEntropy(Operation.BinaryCrossEntropy operation) {
    return "BinaryCrossEntropy";
  }

  @Override
  public String crossEntropy(Operation.CrossEntropy operation) {
    return "CrossEntropy";
  }
}

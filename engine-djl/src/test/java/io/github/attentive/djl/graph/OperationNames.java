package io.github.attentive.djl.graph;

/** Names each operation by the method that was called for it. */
final class OperationNames implements OperationVisitor<String> {
  @Override
  public String embedding(Operation.Embedding operation) {
    return "Embedding";
  }

  @Override
  public String rows(Operation.Rows operation) {
    return "Rows";
  }

  @Override
  public String leadingRows(Operation.LeadingRows operation) {
    return "LeadingRows";
  }

  @Override
  public String fill(Operation.Fill operation) {
    return "Fill";
  }

  @Override
  public String shift(Operation.Shift operation) {
    return "Shift";
  }

  @Override
  public String scatter(Operation.Scatter operation) {
    return "Scatter";
  }

  @Override
  public String binary(Operation.Binary operation) {
    return "Binary";
  }

  @Override
  public String affine(Operation.Affine operation) {
    return "Affine";
  }

  @Override
  public String activate(Operation.Activate operation) {
    return "Activate";
  }

  @Override
  public String geluGradient(Operation.GeluGradient operation) {
    return "GeluGradient";
  }

  @Override
  public String notEqual(Operation.NotEqual operation) {
    return "NotEqual";
  }

  @Override
  public String cumulativeSum(Operation.CumulativeSum operation) {
    return "CumulativeSum";
  }

  @Override
  public String toFloat(Operation.ToFloat operation) {
    return "ToFloat";
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
  public String splitAxis(Operation.SplitAxis operation) {
    return "SplitAxis";
  }

  @Override
  public String mergeAxes(Operation.MergeAxes operation) {
    return "MergeAxes";
  }

  @Override
  public String slice(Operation.Slice operation) {
    return "Slice";
  }

  @Override
  public String select(Operation.Select operation) {
    return "Select";
  }

  @Override
  public String concat(Operation.Concat operation) {
    return "Concat";
  }

  @Override
  public String gather(Operation.Gather operation) {
    return "Gather";
  }

  @Override
  public String softmaxGradient(Operation.SoftmaxGradient operation) {
    return "SoftmaxGradient";
  }

  @Override
  public String dropout(Operation.Dropout operation) {
    return "Dropout";
  }

  @Override
  public String softmax(Operation.Softmax operation) {
    return "Softmax";
  }

  @Override
  public String reduce(Operation.Reduce operation) {
    return "Reduce";
  }

  @Override
  public String linear(Operation.Linear operation) {
    return "Linear";
  }

  @Override
  public String layerNorm(Operation.LayerNorm operation) {
    return "LayerNorm";
  }

  @Override
  public String layerNormGradient(Operation.LayerNormGradient operation) {
    return "LayerNormGradient";
  }

  @Override
  public String convolution(Operation.Convolution operation) {
    return "Convolution";
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

  @Override
  public String reverse(Operation.Reverse operation) {
    return "Reverse";
  }

  @Override
  public String recurrence(Operation.Recurrence operation) {
    return "Recurrence";
  }
}

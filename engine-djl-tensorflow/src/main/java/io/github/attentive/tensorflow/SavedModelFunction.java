package io.github.attentive.tensorflow;

import static io.github.attentive.tensorflow.GraphNodes.Attribute.flag;
import static io.github.attentive.tensorflow.GraphNodes.Attribute.number;
import static io.github.attentive.tensorflow.GraphNodes.Attribute.numbers;
import static io.github.attentive.tensorflow.GraphNodes.Attribute.text;
import static io.github.attentive.tensorflow.GraphNodes.Attribute.type;

import io.github.attentive.djl.graph.Activation;
import io.github.attentive.djl.graph.Axis;
import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Function;
import io.github.attentive.djl.graph.FusedActivations;
import io.github.attentive.djl.graph.Operation;
import io.github.attentive.djl.graph.OperationVisitor;
import io.github.attentive.djl.graph.Parameter;
import io.github.attentive.djl.graph.ParameterViews;
import io.github.attentive.djl.graph.Shape;
import io.github.attentive.djl.graph.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.SignatureDef;
import org.tensorflow.proto.TensorInfo;
import org.tensorflow.proto.TensorShapeProto;

/** Writes one function as nodes and a signature: a few nodes for each step. */
final class SavedModelFunction implements OperationVisitor<String> {
  private static final String METHOD = "tensorflow/serving/predict";

  private final Function function;
  private final ParameterNodes parameters;
  private final GraphNodes nodes;
  private final Map<Tensor, String> names = new HashMap<>();

  /** Sizes known at run time only, by their names. */
  private final Map<String, String> sizes = new HashMap<>();

  /** Shapes as tensors. */
  private final Map<Shape, String> shapes = new HashMap<>();

  /** Dense layers that are written together with the activation after them. */
  private final FusedActivations fused;

  /** Parameters as tensors. */
  private final Set<Tensor> tables = new HashSet<>();

  /** What only shows parameters, and so is not kept. */
  private final ParameterViews views = new ParameterViews();

  /** What depends on parameters alone, and the nodes that read it where it is kept. */
  private final Set<Tensor> computed = new HashSet<>();

  private final Map<Tensor, String> kept = new HashMap<>();

  /** Whether the current step's result depends on parameters alone. */
  private boolean inComputed;

  /** The label of the nodes of the current step. */
  private String label = "";

  private SavedModelFunction(Function function, ParameterNodes parameters, GraphNodes nodes) {
    this.function = function;
    this.parameters = parameters;
    this.nodes = nodes;
    this.fused = FusedActivations.of(function, linear -> true, activation -> true);
  }

  /**
   * Writes a function.
   *
   * @param function any but one with inputs of unknown rank
   * @param parameters the nodes of the graph's parameters
   * @param nodes where to; the names start with the function's
   * @return its signature: inputs and outputs by their names
   */
  static SignatureDef write(Function function, ParameterNodes parameters, GraphNodes nodes) {
    return new SavedModelFunction(function, parameters, nodes).write();
  }

  private SignatureDef write() {
    nodes.prefix(function.name() + "/");
    SignatureDef.Builder signature = SignatureDef.newBuilder().setMethodName(METHOD);
    for (Function.Named input : function.inputs()) {
      Tensor tensor = input.tensor();
      String node =
          nodes.add(
              input.name(),
              "Placeholder",
              List.of(),
              type("dtype", typeOf(tensor)),
              GraphNodes.Attribute.shape("shape", proto(tensor.shape())));
      names.put(tensor, nodes.typed(node, typeOf(tensor)));
      learnSizes(tensor);
      signature.putInputs(input.name(), info(node, tensor));
    }
    steps(function.steps());
    for (Function.Named output : function.outputs()) {
      label = output.name();
      String node =
          nodes.add(label, "Identity", List.of(name(output.tensor())), t(output.tensor()));
      signature.putOutputs(output.name(), info(node, output.tensor()));
    }
    return signature.build();
  }

  private void learnSizes(Tensor input) {
    String shape = null;
    for (int i = 0; i < input.shape().rank(); i++) {
      String size = input.shape().axis(i).name();
      if (size != null && !sizes.containsKey(size)) {
        label = size;
        shape = shape == null ? shapeOf(name(input), typeOf(input)) : shape;
        sizes.put(size, element(shape, i));
      }
    }
  }

  private void steps(List<Function.Step> steps) {
    for (Function.Step step : steps) {
      if (fused.holds(step.result())) {
        continue;
      }
      label = "x" + step.result().index();
      views.add(step.operation(), step.result());
      boolean isView = views.areLarge(step.result());
      boolean isComputed = !isView && ofParametersAlone(step.operation());
      inComputed = isComputed;
      names.put(step.result(), nodes.typed(step.operation().accept(this), typeOf(step.result())));
      if (isComputed) {
        computed.add(step.result());
      } else if (isView || step.operation() instanceof Operation.Rows) {
        tables.add(step.result());
      }
    }
    inComputed = false;
  }

  /** Whether an operation's result can be computed once; a table itself is there anyway. */
  private boolean ofParametersAlone(Operation operation) {
    return parameters instanceof VariableParameters
        && !(operation instanceof Operation.Recurrence)
        && !operation.operands().isEmpty()
        && operation.operands().stream().allMatch(this::ofParametersAlone);
  }

  private boolean ofParametersAlone(Tensor tensor) {
    Operation.Linear layer = fused.layerOf(tensor);
    return tables.contains(tensor)
        || computed.contains(tensor)
        || (layer != null && ofParametersAlone(layer.x()));
  }

  private static TensorInfo info(String node, Tensor tensor) {
    return TensorInfo.newBuilder()
        .setName(node + ":0")
        .setDtype(typeOf(tensor))
        .setTensorShape(proto(tensor.shape()))
        .build();
  }

  private static TensorShapeProto proto(Shape shape) {
    return GraphNodes.shape(shape.axes().stream().mapToLong(Axis::size).toArray());
  }

  static DataType typeOf(ElementType type) {
    return switch (type) {
      case FLOAT32 -> DataType.DT_FLOAT;
      case INT64 -> DataType.DT_INT64;
    };
  }

  private static DataType typeOf(Tensor tensor) {
    return typeOf(tensor.type());
  }

  private static GraphNodes.Attribute t(Tensor tensor) {
    return type("T", typeOf(tensor));
  }

  private static final GraphNodes.Attribute FLOATS = type("T", DataType.DT_FLOAT);
  private static final GraphNodes.Attribute INT32_INDEX = type("Index", DataType.DT_INT32);

  private String name(Tensor tensor) {
    if (!inComputed && computed.contains(tensor)) {
      return kept.computeIfAbsent(
          tensor,
          added -> ((VariableParameters) parameters).keep(names.get(tensor), tensor, nodes));
    }
    String name = names.get(tensor);
    if (name == null) {
      throw new IllegalArgumentException(tensor + " is not a value of this function so far");
    }
    return name;
  }

  private String name(Parameter parameter) {
    return parameters.read(parameter, nodes);
  }

  private String add(String operation, List<String> inputs, GraphNodes.Attribute... attributes) {
    return nodes.add(label, operation, inputs, attributes);
  }

  private String floats(String operation, String... inputs) {
    return add(operation, List.of(inputs), FLOATS);
  }

  private String constant(double value) {
    return nodes.scalar(DataType.DT_FLOAT, value);
  }

  private String shapeOf(String tensor, DataType type) {
    return nodes.typed(
        add("Shape", List.of(tensor), type("T", type), type("out_type", DataType.DT_INT32)),
        DataType.DT_INT32);
  }

  /** One number of a vector of 32-bit numbers, as a scalar. */
  private String element(String vector, int index) {
    return nodes.typed(
        add(
            "StridedSlice",
            List.of(vector, nodes.integers(index), nodes.integers(index + 1), nodes.integers(1)),
            type("T", DataType.DT_INT32),
            INT32_INDEX,
            number("shrink_axis_mask", 1)),
        DataType.DT_INT32);
  }

  private String size(Axis axis) {
    if (axis.name() == null) {
      return nodes.integer(Math.toIntExact(axis.size()));
    }
    String size = sizes.get(axis.name());
    if (size == null) {
      throw new IllegalArgumentException(
          "function '%s': no input has an axis '%s'".formatted(function.name(), axis));
    }
    return size;
  }

  /** A shape as a vector of 32-bit numbers; at most one unknown size is left to TensorFlow. */
  private String vector(Shape shape) {
    List<Axis> axes = shape.axes();
    if (axes.stream().filter(axis -> axis.name() != null).count() <= 1) {
      return nodes.integers(axes.stream().mapToInt(axis -> Math.toIntExact(axis.size())).toArray());
    }
    String known = shapes.get(shape);
    if (known == null) {
      known =
          nodes.typed(
              nodes.add(
                  "shape",
                  "Pack",
                  axes.stream().map(this::size).toList(),
                  type("T", DataType.DT_INT32),
                  number("N", axes.size()),
                  number("axis", 0)),
              DataType.DT_INT32);
      shapes.put(shape, known);
    }
    return known;
  }

  private String reshape(String x, GraphNodes.Attribute type, Shape shape) {
    return reshape(x, type, vector(shape));
  }

  private String reshape(String x, GraphNodes.Attribute type, String shape) {
    return add("Reshape", List.of(x, shape), type, type("Tshape", DataType.DT_INT32));
  }

  private String transposed(String x, GraphNodes.Attribute type, int... order) {
    return add(
        "Transpose", List.of(x, nodes.integers(order)), type, type("Tperm", DataType.DT_INT32));
  }

  private String expanded(String x, GraphNodes.Attribute type, int axis) {
    return add(
        "ExpandDims", List.of(x, nodes.integer(axis)), type, type("Tdim", DataType.DT_INT32));
  }

  /** Strides of an axis and those before it. */
  private String ones(int axis) {
    return nodes.integers(IntStream.rangeClosed(0, axis).map(i -> 1).toArray());
  }

  /** Part of one axis; all of those before it and after it. */
  private String sliced(
      String x, GraphNodes.Attribute type, int axis, String start, String end, boolean single) {
    long others = (1L << axis) - 1;
    return add(
        "StridedSlice",
        List.of(x, start, end, ones(axis)),
        type,
        INT32_INDEX,
        number("begin_mask", others),
        number("end_mask", others),
        number("shrink_axis_mask", single ? 1L << axis : 0));
  }

  private String ending(int axis, long value) {
    int[] values = new int[axis + 1];
    values[axis] = Math.toIntExact(value);
    return nodes.integers(values);
  }

  @Override
  public String embedding(Operation.Embedding op) {
    return add(
        "GatherV2",
        List.of(name(op.table()), name(op.ids()), nodes.integer(0)),
        type("Tparams", typeOf(op.table().type())),
        type("Tindices", typeOf(op.ids())),
        type("Taxis", DataType.DT_INT32));
  }

  @Override
  public String rows(Operation.Rows op) {
    return name(op.table());
  }

  @Override
  public String leadingRows(Operation.LeadingRows op) {
    String end =
        nodes.typed(
            add(
                "Pack",
                List.of(size(op.x().shape().axis(op.axis()))),
                type("T", DataType.DT_INT32),
                number("N", 1),
                number("axis", 0)),
            DataType.DT_INT32);
    return sliced(
        name(op.table()), type("T", typeOf(op.table().type())), 0, nodes.integers(0), end, false);
  }

  @Override
  public String fill(Operation.Fill op) {
    return filled(op.x().shape(), op.value());
  }

  @Override
  public String binary(Operation.Binary op) {
    String called =
        switch (op.arithmetic()) {
          case ADD -> "AddV2";
          case MULTIPLY -> "Mul";
          case DIVIDE -> "RealDiv";
        };
    return add(called, List.of(name(op.left()), name(op.right())), t(op.left()));
  }

  @Override
  public String affine(Operation.Affine op) {
    DataType type = typeOf(op.x());
    String x = name(op.x());
    if (op.scale() != 1) {
      x = add("Mul", List.of(x, nodes.scalar(type, op.scale())), t(op.x()));
    }
    return op.shift() == 0
        ? x
        : add("AddV2", List.of(x, nodes.scalar(type, op.shift())), t(op.x()));
  }

  @Override
  public String activate(Operation.Activate op) {
    ActivationNodes activations = new ActivationNodes(nodes, label);
    Operation.Linear linear = fused.layerOf(op.x());
    return linear == null
        ? activations.of(op.activation(), name(op.x()))
        : linear(linear, dense -> activations.of(op.activation(), dense));
  }

  @Override
  public String geluGradient(Operation.GeluGradient op) {
    ActivationNodes activations = new ActivationNodes(nodes, label);
    String x = name(op.x());
    String slope =
        op.activation() == Activation.GELU_TANH
            ? activations.geluTanhSlope(x)
            : activations.geluSlope(x);
    return floats("Mul", name(op.gradient()), slope);
  }

  @Override
  public String notEqual(Operation.NotEqual op) {
    String differs =
        add("NotEqual", List.of(name(op.x()), nodes.scalar(typeOf(op.x()), op.value())), t(op.x()));
    return add(
        "Cast", List.of(differs), type("SrcT", DataType.DT_BOOL), type("DstT", DataType.DT_INT64));
  }

  @Override
  public String cumulativeSum(Operation.CumulativeSum op) {
    return add(
        "Cumsum",
        List.of(name(op.x()), nodes.integer(op.axis())),
        t(op.x()),
        type("Tidx", DataType.DT_INT32));
  }

  @Override
  public String toFloat(Operation.ToFloat op) {
    return add(
        "Cast",
        List.of(name(op.x())),
        type("SrcT", typeOf(op.x())),
        type("DstT", DataType.DT_FLOAT));
  }

  @Override
  public String matMul(Operation.MatMul op) {
    Shape left = op.left().shape();
    if (op.right().shape().rank() > 2 || left.rank() == 2 || left.axis(-1).name() != null) {
      return floats("BatchMatMulV2", name(op.left()), name(op.right()));
    }
    // A product of two matrices is faster than one for each row of leading axes.
    String rows =
        reshape(name(op.left()), FLOATS, nodes.integers(-1, Math.toIntExact(left.axis(-1).size())));
    return reshape(
        floats("MatMul", rows, name(op.right())),
        FLOATS,
        left.with(-1, op.right().shape().axis(1)));
  }

  @Override
  public String transpose(Operation.Transpose op) {
    int[] order = IntStream.range(0, op.x().shape().rank()).toArray();
    order[op.first()] = op.second();
    order[op.second()] = op.first();
    return transposed(name(op.x()), t(op.x()), order);
  }

  @Override
  public String unsqueeze(Operation.Unsqueeze op) {
    return expanded(name(op.x()), t(op.x()), op.axis());
  }

  @Override
  public String splitAxis(Operation.SplitAxis op) {
    Shape shape =
        op.x()
            .shape()
            .with(op.axis(), Axis.fixed(op.outer()))
            .inserted(op.axis() + 1, Axis.fixed(op.inner()));
    return reshape(name(op.x()), t(op.x()), shape);
  }

  @Override
  public String mergeAxes(Operation.MergeAxes op) {
    Shape shape = op.x().shape();
    long size = shape.axis(op.axis()).size() * shape.axis(op.axis() + 1).size();
    return reshape(
        name(op.x()), t(op.x()), shape.without(op.axis() + 1).with(op.axis(), Axis.fixed(size)));
  }

  @Override
  public String slice(Operation.Slice op) {
    return sliced(
        name(op.x()),
        t(op.x()),
        op.axis(),
        ending(op.axis(), op.start()),
        ending(op.axis(), op.end()),
        false);
  }

  @Override
  public String select(Operation.Select op) {
    return sliced(
        name(op.x()),
        t(op.x()),
        op.axis(),
        ending(op.axis(), op.index()),
        ending(op.axis(), op.index() + 1),
        true);
  }

  @Override
  public String reverse(Operation.Reverse op) {
    return add(
        "ReverseV2",
        List.of(name(op.x()), nodes.integers(op.axis())),
        t(op.x()),
        type("Tidx", DataType.DT_INT32));
  }

  /** Padded on one side and cut on the other, which is right however short the axis is. */
  @Override
  public String shift(Operation.Shift op) {
    int[] paddings = new int[2 * op.x().shape().rank()];
    paddings[2 * op.axis() + (op.by() > 0 ? 0 : 1)] = Math.abs(op.by());
    String padded =
        add(
            "Pad",
            List.of(name(op.x()), nodes.pairs(paddings)),
            FLOATS,
            type("Tpaddings", DataType.DT_INT32));
    return op.by() > 0
        ? sliced(
            padded, FLOATS, op.axis(), ending(op.axis(), 0), ending(op.axis(), -op.by()), false)
        : add(
            "StridedSlice",
            List.of(padded, ending(op.axis(), -op.by()), ending(op.axis(), 0), ones(op.axis())),
            FLOATS,
            INT32_INDEX,
            number("begin_mask", (1L << op.axis()) - 1),
            number("end_mask", (2L << op.axis()) - 1));
  }

  @Override
  public String concat(Operation.Concat op) {
    return add(
        "ConcatV2",
        List.of(name(op.first()), name(op.second()), nodes.integer(op.axis())),
        t(op.first()),
        number("N", 2),
        type("Tidx", DataType.DT_INT32));
  }

  /** TensorFlow gathers along leading axes that both have: the queries' goes to the front. */
  @Override
  public String gather(Operation.Gather op) {
    String queriesFirst = transposed(name(op.x()), t(op.x()), 2, 0, 1, 3);
    String gathered =
        add(
            "GatherV2",
            List.of(queriesFirst, name(op.index()), nodes.integer(3)),
            type("Tparams", typeOf(op.x())),
            type("Tindices", typeOf(op.index())),
            type("Taxis", DataType.DT_INT32),
            number("batch_dims", 1));
    return transposed(gathered, t(op.x()), 1, 2, 0, 3);
  }

  /** As {@link #gather}: the queries' axis to the front, where it is counted along. */
  @Override
  public String scatter(Operation.Scatter op) {
    GraphNodes.Attribute integers = type("T", DataType.DT_INT64);
    String index = name(op.index());
    Axis queries = op.index().shape().axis(0);
    String query = expanded(counted(queries), integers, 1);
    String zeros = add("ZerosLike", List.of(index), integers);
    String places =
        add(
            "Pack",
            List.of(add("AddV2", List.of(zeros, query), integers), index),
            integers,
            number("N", 2),
            number("axis", 2));
    Shape like = op.like().shape();
    Shape turned = Shape.of(queries, like.axis(3), like.axis(0), like.axis(1));
    String shape =
        add(
            "Cast",
            List.of(filledShape(turned)),
            type("SrcT", DataType.DT_INT32),
            type("DstT", DataType.DT_INT64));
    String scattered =
        add(
            "ScatterNd",
            List.of(places, transposed(name(op.x()), FLOATS, 2, 3, 0, 1), shape),
            FLOATS,
            type("Tindices", DataType.DT_INT64));
    return transposed(scattered, FLOATS, 2, 3, 0, 1);
  }

  /** 0, 1, ... for an axis, as 64-bit numbers. */
  private String counted(Axis axis) {
    String numbers =
        add(
            "Range",
            List.of(nodes.integer(0), size(axis), nodes.integer(1)),
            type("Tidx", DataType.DT_INT32));
    return add(
        "Cast", List.of(numbers), type("SrcT", DataType.DT_INT32), type("DstT", DataType.DT_INT64));
  }

  @Override
  public String softmax(Operation.Softmax op) {
    int last = op.x().shape().rank() - 1;
    if (op.axis() == last) {
      return floats("Softmax", name(op.x()));
    }
    int[] order = IntStream.rangeClosed(0, last).toArray();
    order[op.axis()] = last;
    order[last] = op.axis();
    String there = transposed(name(op.x()), FLOATS, order);
    return transposed(floats("Softmax", there), FLOATS, order);
  }

  @Override
  public String softmaxGradient(Operation.SoftmaxGradient op) {
    String y = name(op.result());
    String gradient = name(op.gradient());
    String sum = reduced("Sum", floats("Mul", y, gradient), op.axis(), true);
    return floats("Mul", y, floats("Sub", gradient, sum));
  }

  @Override
  public String reduce(Operation.Reduce op) {
    String called =
        switch (op.reduction()) {
          case MAX -> "Max";
          case MEAN -> "Mean";
          case SUM -> "Sum";
        };
    return reduced(called, name(op.x()), op.axis(), false);
  }

  private String reduced(String operation, String x, int axis, boolean keeps) {
    return add(
        operation,
        List.of(x, nodes.integers(axis)),
        FLOATS,
        type("Tidx", DataType.DT_INT32),
        flag("keep_dims", keeps));
  }

  @Override
  public String linear(Operation.Linear op) {
    return linear(op, dense -> dense);
  }

  /** TensorFlow fuses what follows the product of two matrices, and of no more axes than two. */
  private String linear(Operation.Linear op, java.util.function.UnaryOperator<String> activation) {
    Shape shape = op.x().shape();
    boolean matrix = shape.rank() == 2;
    String x = name(op.x());
    if (!matrix) {
      x = reshape(x, FLOATS, nodes.integers(-1, Math.toIntExact(shape.axis(-1).size())));
    }
    ParameterNodes.Factor weight = parameters.denseWeight(op.weight(), nodes);
    x =
        add(
            "MatMul",
            List.of(x, weight.node()),
            FLOATS,
            flag("transpose_a", false),
            flag("transpose_b", weight.transposed()));
    if (op.bias() != null) {
      x = floats("BiasAdd", x, name(op.bias()));
    }
    x = activation.apply(x);
    return matrix ? x : reshape(x, FLOATS, shape.with(-1, op.weight().shape().axis(0)));
  }

  @Override
  public String layerNorm(Operation.LayerNorm op) {
    int axis = op.x().shape().rank() - 1;
    String x = name(op.x());
    String mean = reduced("Mean", x, axis, true);
    String scale = floats("Mul", inverseDeviation(x, mean, axis, op.epsilon()), name(op.weight()));
    String scaled = floats("Mul", floats("Sub", x, mean), scale);
    return op.bias() == null ? scaled : floats("AddV2", scaled, name(op.bias()));
  }

  @Override
  public String layerNormGradient(Operation.LayerNormGradient op) {
    int axis = op.x().shape().rank() - 1;
    String x = name(op.x());
    String mean = reduced("Mean", x, axis, true);
    String inverse = inverseDeviation(x, mean, axis, op.epsilon());
    String normed = floats("Mul", floats("Sub", x, mean), inverse);
    String weighted = floats("Mul", name(op.gradient()), name(op.weight()));
    String share = reduced("Mean", floats("Mul", weighted, normed), axis, true);
    String centred = floats("Sub", weighted, reduced("Mean", weighted, axis, true));
    return floats("Mul", floats("Sub", centred, floats("Mul", normed, share)), inverse);
  }

  private String inverseDeviation(String x, String mean, int axis, double epsilon) {
    String variance = reduced("Mean", floats("SquaredDifference", x, mean), axis, true);
    return floats("Rsqrt", floats("AddV2", variance, constant(epsilon)));
  }

  /** A convolution over the width of pictures of height 1. */
  @Override
  public String convolution(Operation.Convolution op) {
    String filter = expanded(transposed(name(op.weight()), FLOATS, 2, 1, 0), FLOATS, 0);
    String convolved =
        add(
            "Conv2D",
            List.of(expanded(name(op.x()), FLOATS, 1), filter),
            FLOATS,
            numbers("strides", 1, 1, 1, 1),
            text("padding", "SAME"));
    String biased = floats("BiasAdd", convolved, name(op.bias()));
    return add("Squeeze", List.of(biased), FLOATS, numbers("squeeze_dims", 1));
  }

  @Override
  public String attention(Operation.Attention op) {
    String scores =
        add(
            "BatchMatMulV2",
            List.of(name(op.query()), name(op.key())),
            FLOATS,
            flag("adj_y", true));
    if (op.scale() != 1) {
      scores = floats("Mul", scores, constant(op.scale()));
    }
    if (op.bias() != null) {
      scores = floats("AddV2", scores, name(op.bias()));
    }
    return floats("BatchMatMulV2", floats("Softmax", scores), name(op.value()));
  }

  @Override
  public String recurrence(Operation.Recurrence op) {
    String label = this.label;
    Shape first = op.sequences().get(0).shape();
    String unknown = nodes.integer(-1);
    List<String> lists = new ArrayList<>();
    for (Tensor sequence : op.sequences()) {
      int[] order = IntStream.range(0, sequence.shape().rank()).toArray();
      order[0] = 1;
      order[1] = 0;
      lists.add(
          nodes.typed(
              add(
                  "TensorListFromTensor",
                  List.of(transposed(name(sequence), FLOATS, order), unknown),
                  type("element_dtype", DataType.DT_FLOAT),
                  type("shape_type", DataType.DT_INT32)),
              DataType.DT_VARIANT));
    }
    String count = size(first.axis(1));
    String zeros = filled(op.state().shape(), 0);
    String states =
        add(
            "TensorListReserve",
            List.of(unknown, count),
            type("element_dtype", DataType.DT_FLOAT),
            type("shape_type", DataType.DT_INT32));
    List<String> results =
        nodes.loop(
            label,
            count,
            List.of(
                new GraphNodes.Variable(DataType.DT_INT32, nodes.integer(0)),
                new GraphNodes.Variable(DataType.DT_FLOAT, zeros),
                new GraphNodes.Variable(DataType.DT_VARIANT, states)),
            variables -> round(op, count, lists, variables));
    this.label = label;
    String stacked =
        add(
            "TensorListStack",
            List.of(results.get(2), unknown),
            type("element_dtype", DataType.DT_FLOAT));
    return transposed(stacked, FLOATS, 1, 0, 2);
  }

  private String filled(Shape shape, double value) {
    return add(
        "Fill",
        List.of(filledShape(shape), constant(value)),
        FLOATS,
        type("index_type", DataType.DT_INT32));
  }

  /** A shape as a vector, every size given. */
  private String filledShape(Shape shape) {
    return add(
        "Pack",
        shape.axes().stream().map(this::size).toList(),
        type("T", DataType.DT_INT32),
        number("N", shape.rank()),
        number("axis", 0));
  }

  private List<String> round(
      Operation.Recurrence op, String count, List<String> lists, List<String> variables) {
    GraphNodes.Attribute integers = type("T", DataType.DT_INT32);
    String counter = variables.get(0);
    String one = nodes.integer(1);
    String position =
        op.backward()
            ? add("Sub", List.of(add("Sub", List.of(count, one), integers), counter), integers)
            : counter;
    for (int i = 0; i < lists.size(); i++) {
      names.put(
          op.slices().get(i),
          add(
              "TensorListGetItem",
              List.of(lists.get(i), position, nodes.integer(-1)),
              type("element_dtype", DataType.DT_FLOAT)));
    }
    names.put(op.state(), variables.get(1));
    steps(op.steps());
    String next = name(op.next());
    return List.of(
        add("AddV2", List.of(counter, one), integers),
        next,
        add(
            "TensorListSetItem",
            List.of(variables.get(2), position, next),
            type("element_dtype", DataType.DT_FLOAT)));
  }

  @Override
  public String dropout(Operation.Dropout op) {
    String chance =
        add(
            "RandomUniform",
            List.of(shapeOf(name(op.x()), DataType.DT_FLOAT)),
            type("T", DataType.DT_INT32),
            type("dtype", DataType.DT_FLOAT));
    String stays = add("GreaterEqual", List.of(chance, constant(op.rate())), FLOATS);
    String scaled = floats("Mul", name(op.x()), constant(1 / (1 - op.rate())));
    return add("SelectV2", List.of(stays, scaled, constant(0)), FLOATS);
  }

  /** {@code max(x, 0) - x t + ln(1 + exp(-|x|))}, which no large number disturbs. */
  @Override
  public String binaryCrossEntropy(Operation.BinaryCrossEntropy op) {
    String x = name(op.logits());
    String linear = floats("Sub", floats("Relu", x), floats("Mul", x, name(op.targets())));
    String rest = floats("Log1p", floats("Exp", floats("Neg", floats("Abs", x))));
    return meanOfAll(floats("AddV2", linear, rest), op.logits().shape().rank());
  }

  @Override
  public String crossEntropy(Operation.CrossEntropy op) {
    return add(
        "SparseSoftmaxCrossEntropyWithLogits",
        List.of(name(op.logits()), name(op.targets())),
        FLOATS,
        type("Tlabels", DataType.DT_INT64));
  }

  private String meanOfAll(String x, int rank) {
    return add(
        "Mean",
        List.of(x, nodes.integers(IntStream.range(0, rank).toArray())),
        FLOATS,
        type("Tidx", DataType.DT_INT32));
  }
}

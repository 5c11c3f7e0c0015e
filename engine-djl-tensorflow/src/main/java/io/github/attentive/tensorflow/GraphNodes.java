package io.github.attentive.tensorflow;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.tensorflow.proto.AttrValue;
import org.tensorflow.proto.DataType;
import org.tensorflow.proto.GraphDef;
import org.tensorflow.proto.NodeDef;
import org.tensorflow.proto.TensorProto;
import org.tensorflow.proto.TensorShapeProto;

/**
 * The nodes of a graph as they are added. A node is referred to by its name, a further output of it
 * by name and number. Not thread-safe.
 *
 * <p>Inside a loop, what is used of outside is brought in by a node {@code Enter}; nodes without
 * operands, such as constants, always stand outside.
 */
final class GraphNodes {
  private final GraphDef.Builder graph = GraphDef.newBuilder();
  private final Map<TensorProto, String> constants = new HashMap<>();
  private final Set<String> names = new HashSet<>();

  /** Of nodes that loops may use and that hold no floats. */
  private final Map<String, DataType> types = new HashMap<>();

  private String prefix = "";
  private @Nullable Loop loop;

  /** A loop whose nodes are being added. */
  private static final class Loop {
    private final String frame;
    private final Set<String> inside = new HashSet<>();
    private final Map<String, String> entered = new HashMap<>();

    private Loop(String frame) {
      this.frame = frame;
    }
  }

  /** An attribute's name and value. */
  record Attribute(String name, AttrValue value) {
    static Attribute type(String name, DataType type) {
      return new Attribute(name, AttrValue.newBuilder().setType(type).build());
    }

    static Attribute flag(String name, boolean value) {
      return new Attribute(name, AttrValue.newBuilder().setB(value).build());
    }

    static Attribute number(String name, long value) {
      return new Attribute(name, AttrValue.newBuilder().setI(value).build());
    }

    static Attribute text(String name, String value) {
      return new Attribute(
          name, AttrValue.newBuilder().setS(ByteString.copyFromUtf8(value)).build());
    }

    static Attribute numbers(String name, long... values) {
      AttrValue.ListValue.Builder list = AttrValue.ListValue.newBuilder();
      Arrays.stream(values).forEach(list::addI);
      return new Attribute(name, AttrValue.newBuilder().setList(list).build());
    }

    static Attribute shape(String name, TensorShapeProto shape) {
      return new Attribute(name, AttrValue.newBuilder().setShape(shape).build());
    }
  }

  /** What the names of further nodes start with. */
  void prefix(String start) {
    prefix = start;
  }

  String prefix() {
    return prefix;
  }

  /** The nodes so far. */
  GraphDef.Builder graph() {
    return graph;
  }

  /**
   * Adds a node.
   *
   * @param label the end of its name, made different from others
   * @param operation TensorFlow's name
   * @param inputs what it is computed from
   * @param attributes those without a default
   * @return its name
   */
  String add(String label, String operation, List<String> inputs, Attribute... attributes) {
    return addNamed(newName(prefix + label), operation, inputs, attributes);
  }

  /** Adds a node by its whole name. */
  String addNamed(String name, String operation, List<String> inputs, Attribute... attributes) {
    NodeDef.Builder node = NodeDef.newBuilder().setName(name).setOp(operation);
    for (String input : inputs) {
      node.addInput(seen(input));
    }
    for (Attribute attribute : attributes) {
      node.putAttr(attribute.name(), attribute.value());
    }
    graph.addNode(node);
    if (loop != null) {
      loop.inside.add(name);
    }
    return name;
  }

  /** Adds a node outside of the loop that is being added, if any. */
  String addOutside(String label, String operation, List<String> inputs, Attribute... attributes) {
    Loop current = loop;
    loop = null;
    try {
      return add(label, operation, inputs, attributes);
    } finally {
      loop = current;
    }
  }

  /** A name that no node has: the one wanted, or that with a number. */
  String newName(String wanted) {
    String name = wanted;
    for (int i = 1; !names.add(name); i++) {
      name = wanted + "_" + i;
    }
    return name;
  }

  /** An input as a node of the current loop may use it. */
  private String seen(String input) {
    if (loop == null || loop.inside.contains(nodeOf(input))) {
      return input;
    }
    String entered = loop.entered.get(input);
    if (entered == null) {
      entered = enter(input, typeOf(input), true);
      loop.entered.put(input, entered);
    }
    return entered;
  }

  private static String nodeOf(String reference) {
    int colon = reference.lastIndexOf(':');
    return colon < 0 ? reference : reference.substring(0, colon);
  }

  /** Says what the numbers of a node are that a loop may use. */
  String typed(String reference, DataType type) {
    types.put(reference, type);
    return reference;
  }

  private DataType typeOf(String reference) {
    return types.getOrDefault(reference, DataType.DT_FLOAT);
  }

  private String enter(String input, DataType type, boolean constant) {
    Loop current = Objects.requireNonNull(loop);
    String name = newName(prefix + "enter");
    graph.addNode(
        NodeDef.newBuilder()
            .setName(name)
            .setOp("Enter")
            .addInput(input)
            .putAttr("T", AttrValue.newBuilder().setType(type).build())
            .putAttr(
                "frame_name",
                AttrValue.newBuilder().setS(ByteString.copyFromUtf8(current.frame)).build())
            .putAttr("is_constant", AttrValue.newBuilder().setB(constant).build())
            .putAttr("parallel_iterations", AttrValue.newBuilder().setI(1).build()));
    current.inside.add(name);
    return name;
  }

  /** A variable of a loop: its type and what it is at first. */
  record Variable(DataType type, String initial) {}

  /** Writes what a loop does with its variables. */
  @FunctionalInterface
  interface Body {
    /** What the variables become, in order. */
    List<String> next(List<String> variables);
  }

  /**
   * Adds a loop: it counts the first variable, an integer, up to a limit.
   *
   * @param label of the loop
   * @param limit a scalar
   * @param variables the counter first
   * @param body writes a round
   * @return the variables after the last round
   */
  List<String> loop(String label, String limit, List<Variable> variables, Body body) {
    if (loop != null) {
      throw new IllegalArgumentException("a loop within a loop");
    }
    loop = new Loop(prefix + label);
    List<String> merged = new ArrayList<>();
    List<Integer> mergeNodes = new ArrayList<>();
    for (Variable variable : variables) {
      String entered = enter(variable.initial(), variable.type(), false);
      mergeNodes.add(graph.getNodeCount());
      merged.add(
          add(
              label + "/merge",
              "Merge",
              List.of(entered),
              Attribute.type("T", variable.type()),
              Attribute.number("N", 2)));
    }
    String goesOn =
        add(
            label + "/goes_on",
            "LoopCond",
            List.of(
                add(
                    label + "/less",
                    "Less",
                    List.of(merged.get(0), limit),
                    Attribute.type("T", variables.get(0).type()))));
    List<String> switched = new ArrayList<>();
    List<String> inner = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      Attribute type = Attribute.type("T", variables.get(i).type());
      String parted = add(label + "/switch", "Switch", List.of(merged.get(i), goesOn), type);
      switched.add(parted);
      inner.add(add(label + "/current", "Identity", List.of(parted + ":1"), type));
    }
    List<String> next = body.next(inner);
    for (int i = 0; i < variables.size(); i++) {
      String again =
          add(
              label + "/next",
              "NextIteration",
              List.of(next.get(i)),
              Attribute.type("T", variables.get(i).type()));
      graph.getNodeBuilder(mergeNodes.get(i)).addInput(again);
    }
    List<String> results = new ArrayList<>();
    for (int i = 0; i < variables.size(); i++) {
      results.add(
          add(
              label + "/exit",
              "Exit",
              List.of(switched.get(i)),
              Attribute.type("T", variables.get(i).type())));
    }
    loop = null;
    return results;
  }

  /** A constant of one 32-bit number. */
  String integer(int value) {
    return constant(
        "number", TensorProto.newBuilder().setDtype(DataType.DT_INT32).addIntVal(value));
  }

  /** A constant of 32-bit numbers, {@code [values]}. */
  String integers(int... values) {
    return integers(values, shape(values.length));
  }

  /** A constant of 32-bit numbers, {@code [values / 2, 2]}. */
  String pairs(int... values) {
    return integers(values, shape(values.length / 2, 2));
  }

  private String integers(int[] values, TensorShapeProto shape) {
    ByteBuffer bytes =
        ByteBuffer.allocate(values.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asIntBuffer().put(values);
    return constant(
        "numbers",
        TensorProto.newBuilder()
            .setDtype(DataType.DT_INT32)
            .setTensorShape(shape)
            .setTensorContent(ByteString.copyFrom(bytes)));
  }

  /** A constant of one number of a tensor's type. */
  String scalar(DataType type, double value) {
    TensorProto.Builder number = TensorProto.newBuilder().setDtype(type);
    return constant(
        "scalar",
        type == DataType.DT_INT64
            ? number.addInt64Val((long) value)
            : number.addFloatVal((float) value));
  }

  private String constant(String label, TensorProto.Builder value) {
    if (!value.hasTensorShape()) {
      value.setTensorShape(TensorShapeProto.getDefaultInstance());
    }
    TensorProto tensor = value.build();
    return constants.computeIfAbsent(
        tensor,
        added -> {
          String name = newName("constants/" + label + "_" + constants.size());
          graph.addNode(
              NodeDef.newBuilder()
                  .setName(name)
                  .setOp("Const")
                  .putAttr("dtype", AttrValue.newBuilder().setType(added.getDtype()).build())
                  .putAttr("value", AttrValue.newBuilder().setTensor(added).build()));
          return typed(name, added.getDtype());
        });
  }

  static TensorShapeProto shape(long... sizes) {
    TensorShapeProto.Builder shape = TensorShapeProto.newBuilder();
    for (long size : sizes) {
      shape.addDim(TensorShapeProto.Dim.newBuilder().setSize(size));
    }
    return shape.build();
  }
}

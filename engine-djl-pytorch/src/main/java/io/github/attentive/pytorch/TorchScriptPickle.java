package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.ElementType;
import io.github.attentive.djl.graph.Parameter;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes {@code data.pkl} of a TorchScript archive: pickle protocol 2 that makes a module with its
 * parameters as attributes, each rebuilt from a storage beside the pickle.
 */
final class TorchScriptPickle {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  private TorchScriptPickle() {}

  /** A module whose parameters are in storages of their own, numbered in their order. */
  static byte[] complete(List<Parameter> parameters, TorchScriptNames names, boolean trainable) {
    TorchScriptPickle pickle = new TorchScriptPickle();
    pickle.begin();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      pickle.string(names.of(parameter));
      pickle.tensor(
          i, parameter.type(), parameter.shape().sizes(), trainable && parameter.trainable());
    }
    pickle.end();
    return pickle.out.toByteArray();
  }

  /** A module whose attributes are, for the time being, all the one float of storage 0. */
  static byte[] bindable(List<String> attributes) {
    TorchScriptPickle pickle = new TorchScriptPickle();
    pickle.begin();
    for (String attribute : attributes) {
      pickle.string(attribute);
      pickle.tensor(0, ElementType.FLOAT32, new long[] {1}, false);
    }
    pickle.end();
    return pickle.out.toByteArray();
  }

  private void begin() {
    opcode(0x80); // PROTO
    opcode(2);
    global("__torch__", TorchScriptCode.CLASS_NAME);
    opcode(')'); // EMPTY_TUPLE
    opcode(0x81); // NEWOBJ
    opcode('}'); // EMPTY_DICT
    opcode('('); // MARK
  }

  private void end() {
    string("training");
    bool(false);
    opcode('u'); // SETITEMS
    opcode('b'); // BUILD
    opcode('.'); // STOP
  }

  /** {@code _rebuild_tensor_v2(storage, offset, shape, strides, requires_grad, hooks)}. */
  private void tensor(int storage, ElementType type, long[] shape, boolean trainable) {
    long[] strides = new long[shape.length];
    long stride = 1;
    for (int axis = shape.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= shape[axis];
    }
    global("torch._utils", "_rebuild_tensor_v2");
    opcode('(');
    storage(storage, type, stride);
    integer(0);
    tuple(shape);
    tuple(strides);
    bool(trainable);
    global("collections", "OrderedDict");
    opcode(')');
    opcode('R'); // REDUCE: an empty dictionary of hooks
    opcode('t'); // TUPLE
    opcode('R');
  }

  private void storage(int number, ElementType type, long elements) {
    opcode('(');
    string("storage");
    global("torch", type == ElementType.INT64 ? "LongStorage" : "FloatStorage");
    string(Integer.toString(number));
    string("cpu");
    integer(elements);
    opcode('t');
    opcode('Q'); // BINPERSID
  }

  private void tuple(long[] values) {
    opcode('(');
    for (long value : values) {
      integer(value);
    }
    opcode('t');
  }

  private void integer(long value) {
    if (value == (int) value) {
      opcode('J'); // BININT
      bytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt((int) value));
    } else {
      opcode(0x8a); // LONG1
      opcode(Long.BYTES);
      bytes(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(value));
    }
  }

  private void bool(boolean value) {
    opcode(value ? 0x88 : 0x89); // NEWTRUE, NEWFALSE
  }

  private void string(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    opcode('X'); // BINUNICODE
    bytes(ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN).putInt(utf8.length));
    out.writeBytes(utf8);
  }

  private void global(String module, String name) {
    opcode('c'); // GLOBAL
    out.writeBytes((module + '\n' + name + '\n').getBytes(StandardCharsets.US_ASCII));
  }

  private void opcode(int code) {
    out.write(code);
  }

  private void bytes(ByteBuffer buffer) {
    out.writeBytes(buffer.array());
  }
}

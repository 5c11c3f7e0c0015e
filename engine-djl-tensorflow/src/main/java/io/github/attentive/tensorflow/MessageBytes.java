package io.github.attentive.tensorflow;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import com.google.protobuf.WireFormat;
import java.io.IOException;

/** The bytes of protocol buffers, for messages that are written in pieces. */
final class MessageBytes {
  private MessageBytes() {}

  /** A message as bytes that do not depend on the order of hash codes. */
  static byte[] of(MessageLite message) throws IOException {
    byte[] bytes = new byte[message.getSerializedSize()];
    CodedOutputStream out = CodedOutputStream.newInstance(bytes);
    out.useDeterministicSerialization();
    message.writeTo(out);
    out.checkNoSpaceLeft();
    return bytes;
  }

  /** The size of a field that holds so many bytes. */
  static long fieldSize(int field, long size) {
    return CodedOutputStream.computeTagSize(field)
        + CodedOutputStream.computeUInt64SizeNoTag(size)
        + size;
  }

  /** Starts a field that holds so many bytes. */
  static void begin(CodedOutputStream out, int field, long size) throws IOException {
    out.writeTag(field, WireFormat.WIRETYPE_LENGTH_DELIMITED);
    out.writeUInt64NoTag(size);
  }
}

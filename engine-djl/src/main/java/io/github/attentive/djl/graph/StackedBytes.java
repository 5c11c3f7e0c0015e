package io.github.attentive.djl.graph;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/** The bytes of several parameters one after the other. */
final class StackedBytes implements ParameterBytes {
  private final List<Parameter> parts;

  StackedBytes(List<Parameter> parts) {
    this.parts = List.copyOf(parts);
  }

  @Override
  public ByteBuffer view() {
    long size = parts.stream().mapToLong(Parameter::byteCount).sum();
    ByteBuffer all = ByteBuffer.allocate(Math.toIntExact(size)).order(ByteOrder.LITTLE_ENDIAN);
    copyTo(all);
    return all.flip();
  }

  @Override
  public void copyTo(ByteBuffer target) {
    parts.forEach(part -> part.copyTo(target));
  }
}

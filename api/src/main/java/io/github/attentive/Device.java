package io.github.attentive;

import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where an engine computes.
 *
 * @param kind processor or graphics card
 * @param index which one of that kind, counted from 0; always 0 for the CPU
 */
public record Device(Kind kind, int index) {

  /** The CPU. */
  public static final Device CPU = new Device(Kind.CPU, 0);

  private static final Pattern GPU_NAME = Pattern.compile("gpu(?::(\\d{1,3}))?");

  /** The kinds of device. */
  public enum Kind {
    /** The processor the JVM runs on. */
    CPU,
    /** A CUDA graphics card. */
    GPU
  }

  /**
   * Creates a device.
   *
   * @param kind as above
   * @param index as above
   * @throws InvalidInputException if the index is negative, or not 0 for the CPU
   */
  public Device {
    Objects.requireNonNull(kind, "kind");
    if (index < 0 || (kind == Kind.CPU && index != 0)) {
      String expected = kind == Kind.CPU ? "0 for the CPU" : "0 or above";
      throw new InvalidInputException("device index: expected " + expected + ", got " + index);
    }
  }

  /**
   * The graphics card with an index.
   *
   * @param index counted from 0
   * @return the device
   * @throws InvalidInputException if the index is negative
   */
  public static Device gpu(int index) {
    return new Device(Kind.GPU, index);
  }

  /**
   * Reads the written form, the inverse of {@link #toString()}.
   *
   * @param name {@code cpu}, {@code gpu} or {@code gpu:N}
   * @return the device
   * @throws InvalidInputException if the name is anything else
   */
  public static Device parse(String name) {
    if (name.equals("cpu")) {
      return CPU;
    }
    Matcher gpu = GPU_NAME.matcher(name);
    if (!gpu.matches()) {
      throw new InvalidInputException("device: expected cpu, gpu or gpu:N, got '" + name + "'");
    }
    return gpu(gpu.group(1) == null ? 0 : Integer.parseInt(gpu.group(1)));
  }

  /** Returns {@code cpu} or {@code gpu:N}. */
  @Override
  public String toString() {
    return kind == Kind.CPU ? "cpu" : "gpu:" + index;
  }
}

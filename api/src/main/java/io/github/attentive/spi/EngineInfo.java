package io.github.attentive.spi;

import io.github.attentive.Device;
import java.util.List;
import java.util.Objects;

/**
 * What an engine is and can do on this machine.
 *
 * @param version of the native library and what drives it
 * @param devices where it can compute
 * @param abilities what it can do, each in a few words
 */
public record EngineInfo(String version, List<Device> devices, List<String> abilities) {

  /**
   * Creates the description.
   *
   * @param version as above
   * @param devices as above
   * @param abilities as above
   */
  public EngineInfo {
    Objects.requireNonNull(version, "version");
    devices = List.copyOf(devices);
    abilities = List.copyOf(abilities);
  }
}

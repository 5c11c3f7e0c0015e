package io.github.attentive.djl.setup;

import ai.djl.engine.Engine;
import io.github.attentive.Device;
import io.github.attentive.EngineUnavailableException;
import java.util.ArrayList;
import java.util.List;

/** The devices that an engine of DJL computes on. Thread-safe. */
public final class EngineDevices {
  private EngineDevices() {}

  /**
   * What the engine finds on this machine.
   *
   * @param engine started
   * @return the CPU, then graphics cards by number
   */
  public static List<Device> of(Engine engine) {
    List<Device> devices = new ArrayList<>();
    devices.add(Device.CPU);
    for (int i = 0; i < engine.getGpuCount(); i++) {
      devices.add(Device.gpu(i));
    }
    return devices;
  }

  /**
   * A device as DJL names it.
   *
   * @param engine started
   * @param device where to compute
   * @param needed what the engine needs for a graphics card, for the message
   * @return the device
   * @throws EngineUnavailableException if the engine does not find it
   */
  public static ai.djl.Device require(Engine engine, Device device, String needed) {
    if (device.kind() == Device.Kind.CPU) {
      return ai.djl.Device.cpu();
    }
    List<Device> devices = of(engine);
    if (!devices.contains(device)) {
      throw new EngineUnavailableException(
          "device %s: %s finds only %s; a graphics card needs %s (README)"
              .formatted(device, engine.getEngineName(), devices, needed));
    }
    return ai.djl.Device.gpu(device.index());
  }
}

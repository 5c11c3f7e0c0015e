package io.github.attentive.pytorch;

import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a graph as a TorchScript archive: a zip without compression that holds the code of its
 * functions, the raw bytes of its parameters, and a pickle that ties them together.
 *
 * <p>{@code torch.jit.load} opens it: each function of the graph is a method. Equal graphs give
 * equal bytes.
 */
final class TorchScriptArchive {
  private static final String ROOT = "attentive/";

  /**
   * A fixed time: archives carry no clock. For the oldest one that a zip entry can have, the JDK
   * would add a second time that depends on the zone.
   */
  private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 2, 1, 0, 0);

  /** An empty tuple, pickled: the code has no constants beside it. */
  private static final byte[] NO_CONSTANTS = {(byte) 0x80, 2, ')', '.'};

  private TorchScriptArchive() {}

  /**
   * Writes a graph with its parameters.
   *
   * @param graph the model
   * @param trainable whether the weights take part in differentiation
   * @param out where to; left open
   */
  static void write(Graph graph, boolean trainable, OutputStream out) throws IOException {
    TorchScriptNames names = new TorchScriptNames(graph);
    List<Parameter> parameters = graph.parameters();
    ZipOutputStream zip =
        begin(
            out,
            TorchScriptCode.complete(graph, names),
            TorchScriptPickle.complete(parameters, names, trainable));
    for (int i = 0; i < parameters.size(); i++) {
      entry(zip, "data/" + i, parameters.get(i).bytes());
    }
    zip.finish();
  }

  /**
   * Writes a module without weights, which {@link TorchScriptCode#BIND} will give it.
   *
   * @param code of its class
   * @param out where to; left open
   */
  static void writeBindable(TorchScriptCode.Bindable code, OutputStream out) throws IOException {
    ZipOutputStream zip = begin(out, code.text(), TorchScriptPickle.bindable(code.attributes()));
    entry(zip, "data/0", ByteBuffer.allocate(Float.BYTES));
    zip.finish();
  }

  /**
   * Writes a program that has neither weights nor other state.
   *
   * @param code of its class
   * @param out where to; left open
   */
  static void writeStateless(String code, OutputStream out) throws IOException {
    begin(out, code, TorchScriptPickle.bindable(List.of())).finish();
  }

  private static ZipOutputStream begin(OutputStream out, String code, byte[] pickle)
      throws IOException {
    ZipOutputStream zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
    entry(zip, "version", ascii("10\n"));
    entry(zip, "byteorder", ascii("little"));
    entry(zip, "constants.pkl", ByteBuffer.wrap(NO_CONSTANTS));
    entry(zip, "code/__torch__.py", ascii(code));
    entry(zip, "data.pkl", ByteBuffer.wrap(pickle));
    return zip;
  }

  private static ByteBuffer ascii(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  private static void entry(ZipOutputStream zip, String name, ByteBuffer content)
      throws IOException {
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    ZipEntry entry = new ZipEntry(ROOT + name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.remaining());
    entry.setCrc(crc.getValue());
    entry.setTimeLocal(NO_TIME);
    zip.putNextEntry(entry);
    // The channel stays open with the zip it writes to.
    Channels.newChannel(zip).write(content);
    zip.closeEntry();
  }
}

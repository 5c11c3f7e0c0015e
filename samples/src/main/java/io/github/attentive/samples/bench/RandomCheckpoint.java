package io.github.attentive.samples.bench;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Writes a BERT of usual size with random weights from a fixed seed, as a Hugging Face directory:
 * what speed is measured with, since no real one may be shipped.
 *
 * <pre>{@code
 * java -cp samples/target/attentive.jar io.github.attentive.samples.bench.RandomCheckpoint base FOLDER
 * }</pre>
 *
 * <p>The size is {@code tiny} (2 layers, 128 numbers) or {@code base} (12 layers, 768 numbers). The
 * vocabulary has 30,522 entries; the word {@code wN} is one token.
 */
public final class RandomCheckpoint {
  /** The sizes to choose from. */
  enum Size {
    tiny(2, 128, 2, 512),
    base(12, 768, 12, 3072);

    private final int layers;
    private final int hidden;
    private final int heads;
    private final int intermediate;

    Size(int layers, int hidden, int heads, int intermediate) {
      this.layers = layers;
      this.hidden = hidden;
      this.heads = heads;
      this.intermediate = intermediate;
    }
  }

  private static final int VOCABULARY = 30_522;
  private static final int POSITIONS = 512;
  private static final int SEED = 7;
  private static final double DEVIATION = 0.02;

  /** A tensor of normally distributed numbers, or of one number throughout. */
  private record Tensor(String name, int[] shape, double mean, double deviation) {
    int bytes() {
      int elements = 1;
      for (int axis : shape) {
        elements *= axis;
      }
      return elements * Float.BYTES;
    }
  }

  private final List<Tensor> tensors = new ArrayList<>();

  private RandomCheckpoint() {}

  /**
   * Writes one.
   *
   * @param arguments size and folder
   * @throws IOException if the folder cannot be written
   */
  public static void main(String[] arguments) throws IOException {
    write(Size.valueOf(arguments[0]), Path.of(arguments[1]));
  }

  static void write(Size size, Path folder) throws IOException {
    Files.createDirectories(folder);
    RandomCheckpoint checkpoint = new RandomCheckpoint();
    checkpoint.add(size);
    checkpoint.writeTensors(folder.resolve("model.safetensors"));
    Files.writeString(
        folder.resolve("config.json"),
        String.format(
            Locale.ROOT,
            """
            {"model_type": "bert", "architectures": ["BertForSequenceClassification"],
             "vocab_size": %d, "hidden_size": %d, "num_hidden_layers": %d,
             "num_attention_heads": %d, "intermediate_size": %d,
             "max_position_embeddings": %d, "type_vocab_size": 2, "hidden_act": "gelu",
             "layer_norm_eps": 1e-12, "pad_token_id": 0,
             "id2label": {"0": "negative", "1": "positive"}}
            """,
            VOCABULARY,
            size.hidden,
            size.layers,
            size.heads,
            size.intermediate,
            POSITIONS));
    Files.writeString(folder.resolve("vocab.txt"), vocabulary());
  }

  private static String vocabulary() {
    StringBuilder lines = new StringBuilder("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\n");
    for (int i = 5; i < VOCABULARY; i++) {
      lines.append('w').append(i).append('\n');
    }
    return lines.toString();
  }

  private void add(Size size) {
    String embeddings = "bert.embeddings.";
    matrix(embeddings + "word_embeddings.weight", VOCABULARY, size.hidden);
    matrix(embeddings + "position_embeddings.weight", POSITIONS, size.hidden);
    matrix(embeddings + "token_type_embeddings.weight", 2, size.hidden);
    norm(embeddings + "LayerNorm", size.hidden);
    for (int i = 0; i < size.layers; i++) {
      String layer = "bert.encoder.layer." + i + ".";
      for (String name : List.of("query", "key", "value")) {
        dense(layer + "attention.self." + name, size.hidden, size.hidden);
      }
      dense(layer + "attention.output.dense", size.hidden, size.hidden);
      norm(layer + "attention.output.LayerNorm", size.hidden);
      dense(layer + "intermediate.dense", size.intermediate, size.hidden);
      dense(layer + "output.dense", size.hidden, size.intermediate);
      norm(layer + "output.LayerNorm", size.hidden);
    }
    dense("bert.pooler.dense", size.hidden, size.hidden);
    dense("classifier", 2, size.hidden);
  }

  private void dense(String name, int out, int in) {
    matrix(name + ".weight", out, in);
    constant(name + ".bias", out, 0);
  }

  private void norm(String name, int size) {
    constant(name + ".weight", size, 1);
    constant(name + ".bias", size, 0);
  }

  private void matrix(String name, int rows, int columns) {
    tensors.add(new Tensor(name, new int[] {rows, columns}, 0, DEVIATION));
  }

  private void constant(String name, int size, double value) {
    tensors.add(new Tensor(name, new int[] {size}, value, 0));
  }

  /** Length of the header, header, numbers: the format of safetensors. */
  private void writeTensors(Path file) throws IOException {
    byte[] header = header().getBytes(StandardCharsets.UTF_8);
    SplittableRandom random = new SplittableRandom(SEED);
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE)) {
      write(out, littleEndian(Long.BYTES).putLong(header.length).flip());
      write(out, ByteBuffer.wrap(header));
      for (Tensor tensor : tensors) {
        ByteBuffer bytes = littleEndian(tensor.bytes());
        while (bytes.hasRemaining()) {
          double value = tensor.deviation == 0 ? 0 : random.nextGaussian() * tensor.deviation;
          bytes.putFloat((float) (tensor.mean + value));
        }
        write(out, bytes.flip());
      }
    }
  }

  private static ByteBuffer littleEndian(int length) {
    return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private String header() throws IOException {
    StringWriter text = new StringWriter();
    long offset = 0;
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      for (Tensor tensor : tensors) {
        json.writeObjectFieldStart(tensor.name);
        json.writeStringField("dtype", "F32");
        json.writeFieldName("shape");
        json.writeArray(tensor.shape, 0, tensor.shape.length);
        json.writeFieldName("data_offsets");
        json.writeArray(new long[] {offset, offset + tensor.bytes()}, 0, 2);
        json.writeEndObject();
        offset += tensor.bytes();
      }
      json.writeEndObject();
    }
    return text.toString();
  }
}

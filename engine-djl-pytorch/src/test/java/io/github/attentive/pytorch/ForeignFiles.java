package io.github.attentive.pytorch;

import io.github.attentive.LoadOptions;
import io.github.attentive.djl.SharedFixtures;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** TorchScript files as others make them: traces of Python, and small programs of our own. */
final class ForeignFiles {
  static final LoadOptions TRUST = LoadOptions.builder().trustForeignGraph(true).build();

  static final List<String> WORDS =
      List.of("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "good", "the", "movie", "was", "not");

  static final String ARGUMENTS =
      "input_ids: Tensor,\n    attention_mask: Tensor,\n    token_type_ids: Tensor";

  /** Numbers that depend on all inputs, and on no padding. */
  static final String BODY =
      """
      x = torch.mul(torch.to(input_ids, 6), 0.01)
      m = torch.to(attention_mask, 6)
      t = torch.mul(torch.to(token_type_ids, 6), 0.5)
      s = torch.sum(torch.mul(torch.add(x, t), m), [1], False)
      logits = torch.stack([s, torch.neg(s), torch.mul(s, 0.5)], 1)
      scores = torch.mul(torch.unsqueeze(x, 1), torch.unsqueeze(x, 2))
      hidden = torch.mul(torch.unsqueeze(torch.sub(m, 1), 1), 10000.)
      one = torch.softmax(torch.add(scores, hidden), -1)
      two = torch.softmax(torch.add(torch.mul(scores, 50.), hidden), -1)
      a0 = torch.stack([one, two, one], 1)
      a1 = torch.stack([two, one, one], 1)
      """;

  private ForeignFiles() {}

  /** A directory with one of the traces and the other files of the model it was made of. */
  static Path trace(String kind, Path directory) throws IOException {
    Path bert = SharedFixtures.path("hf").resolve("bert");
    Files.createDirectories(directory);
    for (String name : List.of("config.json", "tokenizer.json", "tokenizer_config.json")) {
      Files.copy(bert.resolve(name), directory.resolve(name));
    }
    Files.copy(
        SharedFixtures.path("torchscript").resolve("bert_tiny_" + kind + ".pt"),
        directory.resolve("model.pt"));
    return directory;
  }

  /** A directory with a small program that takes three inputs, and a vocabulary. */
  static Path program(Path directory, String type, String result) throws IOException {
    return program(directory, ARGUMENTS, type, BODY, result);
  }

  static Path program(Path directory, String arguments, String type, String body, String result)
      throws IOException {
    Files.createDirectories(directory);
    Files.writeString(directory.resolve("vocab.txt"), String.join("\n", WORDS) + "\n");
    zip(directory.resolve("model.pt"), entries(code(arguments, type, body, result)));
    return directory;
  }

  static String code(String arguments, String type, String body, String result) {
    return """
        class Toy(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
          def forward(self: __torch__.Toy,
            %s) -> %s:
        %s    return %s
        """
        .formatted(arguments, type, body.indent(4), result);
  }

  /** What a TorchScript file consists of. */
  static Map<String, byte[]> entries(String code) {
    Map<String, byte[]> entries = new LinkedHashMap<>();
    entries.put("toy/version", bytes("10\n"));
    entries.put("toy/byteorder", bytes("little"));
    entries.put("toy/constants.pkl", bytes("\u0080\u0002)."));
    entries.put("toy/code/__torch__.py", bytes(code));
    entries.put(
        "toy/data.pkl", bytes("\u0080\u0002c__torch__\nToy\n)\u0081}X\b\0\0\0training\u0089sb."));
    return entries;
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  static void zip(Path file, Map<String, byte[]> entries) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
        zip.closeEntry();
      }
    }
  }
}

package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.attentive.ModelLoadException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are no TorchScript, or damaged, never reach native code. */
class TorchScriptFileTest {
  private static final String CODE =
      ForeignFiles.code(ForeignFiles.ARGUMENTS, "Tensor", ForeignFiles.BODY, "logits");

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("model.pt");
  }

  private void assertRefused(String... parts) {
    assertThatThrownBy(() -> TorchScriptFile.check(file))
        .isInstanceOf(ModelLoadException.class)
        .hasMessageStartingWith(file.toString())
        .hasMessageContainingAll(parts);
  }

  private void refuse(byte[] content, String... parts) throws IOException {
    Files.write(file, content);
    assertRefused(parts);
  }

  @Test
  void aWholeFileTellsItsArguments() throws IOException {
    ForeignFiles.zip(file, ForeignFiles.entries(CODE));
    assertThat(TorchScriptFile.check(file).arguments())
        .extracting(ForwardSignature.Argument::name)
        .containsExactly("input_ids", "attention_mask", "token_type_ids");
  }

  @Test
  void otherFilesAreNamed() throws IOException {
    refuse(new byte[0], "an empty file", "torch.jit.trace");
    refuse(ForeignFiles.bytes("hello, world"), "which is a zip, got something else");
    refuse(
        ForeignFiles.bytes("\u0080\u0002\u008a\nl\u00fc\u009cF\u00f9 j\u00a8P\u0019."),
        "a pickle that torch.save wrote",
        "save_pretrained");
    refuse(
        ForeignFiles.bytes("version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 17\n"),
        "Git LFS pointer",
        "git lfs pull");
  }

  @Test
  void weightsAloneAreNoProgram() throws IOException {
    Map<String, byte[]> entries = ForeignFiles.entries(CODE);
    entries.keySet().removeIf(name -> name.contains("/code/") || name.endsWith("constants.pkl"));
    ForeignFiles.zip(file, entries);
    assertRefused("a pickle that torch.save wrote: weights alone");
    ForeignFiles.zip(file, Map.of("word/document.xml", new byte[3]));
    assertRefused("with word/data.pkl, got another zip of 1 files");
    ForeignFiles.zip(file, Map.of());
    assertRefused("model.pt");
  }

  @Test
  void aProgramWithoutForwardIsRefused() throws IOException {
    ForeignFiles.zip(file, ForeignFiles.entries(CODE.replace("def forward", "def backward")));
    assertRefused("class Toy with a method forward");
    ForeignFiles.zip(file, ForeignFiles.entries(CODE.replace("class Toy", "class Toys")));
    assertRefused("class Toy with a method forward");
    Map<String, byte[]> entries = ForeignFiles.entries(CODE);
    entries.put("toy/code/__torch__/other.py", entries.remove("toy/code/__torch__.py"));
    ForeignFiles.zip(file, entries);
    assertRefused("toy/code/__torch__.py, got no such entry");
    entries = ForeignFiles.entries(CODE);
    entries.put("toy/data.pkl", ForeignFiles.bytes("\u0080\u0002ccollections\nOrderedDict\n."));
    ForeignFiles.zip(file, entries);
    assertRefused("to start with the model's class");
  }

  @Test
  void everyTruncationIsNoticed() throws IOException {
    ForeignFiles.zip(file, ForeignFiles.entries(CODE));
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length += 7) {
      refuse(Arrays.copyOf(whole, length), "expected a");
    }
  }

  @Test
  void flippedBytesAreNoticedOrHarmless() throws IOException {
    ForeignFiles.zip(file, ForeignFiles.entries(CODE));
    ForwardSignature expected = TorchScriptFile.check(file);
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(1);
    int refused = 0;
    for (int i = 0; i < 500; i++) {
      byte[] damaged = whole.clone();
      damaged[random.nextInt(whole.length)] ^= (byte) (1 + random.nextInt(255));
      Files.write(file, damaged);
      try {
        assertThat(TorchScriptFile.check(file)).isEqualTo(expected);
      } catch (ModelLoadException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(250);
  }

  @Test
  void aBombIsNotInflated() throws IOException {
    Map<String, byte[]> entries = ForeignFiles.entries(CODE);
    entries.put("toy/data/0", new byte[(1 << 26) + 1]);
    ForeignFiles.zip(file, entries);
    assertThat(Files.size(file)).isLessThan(1 << 20);
    assertRefused("at most 67108864 compressed bytes");
  }
}

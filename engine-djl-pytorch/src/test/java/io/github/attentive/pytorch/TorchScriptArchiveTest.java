package io.github.attentive.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.djl.contract.SmallGraph;
import io.github.attentive.djl.graph.Graph;
import io.github.attentive.djl.graph.Parameter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.TimeZone;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TorchScriptArchiveTest {
  @TempDir Path folder;

  private static byte[] archive(boolean trainable) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TorchScriptArchive.write(SmallGraph.ofEveryOperation(), trainable, out);
    return out.toByteArray();
  }

  @Test
  void equalGraphsGiveEqualBytes() throws IOException {
    byte[] first = archive(false);
    TimeZone before = TimeZone.getDefault();
    try {
      TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Apia"));
      assertThat(Arrays.equals(archive(false), first)).isTrue();
    } finally {
      TimeZone.setDefault(before);
    }
    assertThat(Arrays.equals(archive(true), first)).isFalse();
  }

  @Test
  void entriesAreStoredUncompressedInOrder() throws IOException {
    Path file = Files.write(folder.resolve("graph.pt"), archive(false));
    try (ZipFile zip = new ZipFile(file.toFile())) {
      List<? extends ZipEntry> entries = Collections.list(zip.entries());
      assertThat(entries)
          .extracting(ZipEntry::getName)
          .containsExactly(
              "attentive/version",
              "attentive/byteorder",
              "attentive/constants.pkl",
              "attentive/code/__torch__.py",
              "attentive/data.pkl",
              "attentive/data/0",
              "attentive/data/1",
              "attentive/data/2",
              "attentive/data/3",
              "attentive/data/4",
              "attentive/data/5",
              "attentive/data/6");
      for (ZipEntry entry : entries) {
        assertThat(entry.getMethod()).isEqualTo(ZipEntry.STORED);
        assertThat(entry.getTimeLocal().getYear()).isEqualTo(1980);
        assertThat(entry.getExtra()).as("extra times").isNull();
      }
      assertThat(content(zip, "version")).asString(StandardCharsets.US_ASCII).isEqualTo("10\n");
      assertThat(content(zip, "byteorder")).asString(StandardCharsets.US_ASCII).isEqualTo("little");
      assertThat(content(zip, "code/__torch__.py"))
          .asString(StandardCharsets.US_ASCII)
          .isEqualTo(code(SmallGraph.ofEveryOperation()));
      List<Parameter> parameters = SmallGraph.ofEveryOperation().parameters();
      for (int i = 0; i < parameters.size(); i++) {
        byte[] expected = new byte[parameters.get(i).bytes().remaining()];
        parameters.get(i).bytes().get(expected);
        assertThat(content(zip, "data/" + i)).isEqualTo(expected);
      }
    }
  }

  private static byte[] content(ZipFile zip, String name) throws IOException {
    try (InputStream in = zip.getInputStream(zip.getEntry("attentive/" + name))) {
      return in.readAllBytes();
    }
  }

  @Test
  void leavesTheStreamOpen() throws IOException {
    List<String> calls = new ArrayList<>();
    OutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            calls.add("close");
          }
        };
    Graph graph = SmallGraph.ofEveryOperation();
    TorchScriptArchive.write(graph, false, out);
    assertThat(calls).isEmpty();
  }

  private static String code(Graph graph) {
    return TorchScriptCode.complete(graph, new TorchScriptNames(graph));
  }
}

package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, and what it tells to run is what CI runs. */
class ReadmeTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);
  private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)\\)");

  private static Path root() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("README.md")) || !Files.exists(folder.resolve(".ci"))) {
      folder = folder.getParent();
      assertThat(folder).as("a folder with README.md and .ci").isNotNull();
    }
    return folder;
  }

  private static String readme() throws IOException {
    return Files.readString(root().resolve("README.md"));
  }

  /** A block of statements becomes a method's; a block with a class of its own stays as it is. */
  private static String source(String name, String block) {
    String imports =
        """
        import io.github.attentive.*;
        import io.github.attentive.viz.*;
        import java.nio.file.*;
        import java.util.*;
        """;
    boolean whole = Pattern.compile("(?m)^(public )?(final )?class ").matcher(block).find();
    return whole
        ? imports + block
        : imports + "class " + name + " {\n  void run() throws Exception {\n" + block + "  }\n}\n";
  }

  @Test
  void javaBlocksCompile(@TempDir Path folder) throws IOException {
    List<Path> sources = new ArrayList<>();
    Matcher blocks = JAVA_BLOCK.matcher(readme());
    while (blocks.find()) {
      String name = "Block" + sources.size();
      sources.add(Files.writeString(folder.resolve(name + ".java"), source(name, blocks.group(1))));
    }
    assertThat(sources).as("Java blocks of the README").hasSizeGreaterThanOrEqualTo(3);
    Compilation.of(folder, sources.toArray(Path[]::new));
  }

  @Test
  void filesItLinksToExist() throws IOException {
    List<String> links =
        LINK.matcher(readme())
            .results()
            .map(link -> link.group(1))
            .filter(link -> !link.startsWith("http"))
            .toList();
    assertThat(links).isNotEmpty().allMatch(link -> Files.exists(root().resolve(link)));
  }

  @Test
  void ciRunsTheTestCommandOfTheReadme() throws IOException {
    String command = "mvn -B -ntp verify";
    assertThat(readme()).contains("    " + command + "\n");
    assertThat(Files.readString(root().resolve(".ci/run"))).contains(command);
  }
}

package io.github.attentive.samples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the README shows compiles, and what it tells to run is what CI runs. */
class ReadmeTest {
  private static final Pattern JAVA_BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

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

  @Test
  void javaBlocksCompile(@TempDir Path output) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    Matcher blocks = JAVA_BLOCK.matcher(readme());
    while (blocks.find()) {
      String name = "Block" + sources.size();
      String source =
          """
          import io.github.attentive.*;
          import io.github.attentive.viz.*;
          import java.nio.file.*;
          import java.util.*;
          class %s {
            void run() throws Exception {
              %s
            }
          }
          """
              .formatted(name, blocks.group(1));
      sources.add(
          new SimpleJavaFileObject(
              URI.create("string:///" + name + ".java"), JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return source;
            }
          });
    }
    assertThat(sources).hasSizeGreaterThanOrEqualTo(3);
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files =
        compiler.getStandardFileManager(null, Locale.ROOT, StandardCharsets.UTF_8)) {
      List<String> options =
          List.of("-cp", System.getProperty("java.class.path"), "-d", output.toString());
      boolean compiled = compiler.getTask(messages, files, null, options, null, sources).call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  @Test
  void ciRunsTheTestCommandOfTheReadme() throws IOException {
    String command = "mvn -B -ntp verify";
    assertThat(readme()).contains("    " + command + "\n");
    assertThat(Files.readString(root().resolve(".ci/run"))).contains(command);
  }
}

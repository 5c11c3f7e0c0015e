package io.github.attentive.samples.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.attentive.Classifier;
import io.github.attentive.samples.Main;
import io.github.attentive.spi.DatasetReaderProvider;
import io.github.attentive.spi.EngineProvider;
import io.github.attentive.viz.Svg;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.ServiceLoader;

/** Commands run in a second copy of this program, on a class path whose one engine is a fake. */
final class FakeEngineRun implements AutoCloseable {
  private static final String SERVICES = "META-INF/services/" + EngineProvider.class.getName();

  private final Path folder;
  private final URLClassLoader copy;

  /** Needs a folder for a services file and for models. */
  FakeEngineRun(Path folder) throws IOException {
    this.folder = folder;
    Path services = folder.resolve("services");
    Files.createDirectories(services.resolve(SERVICES).getParent());
    Files.writeString(services.resolve(SERVICES), FakeEngine.class.getName() + "\n");
    URL[] urls = {
      services.toUri().toURL(),
      origin(Classifier.class),
      origin(Svg.class),
      origin(Main.class),
      origin(ServiceLoader.load(DatasetReaderProvider.class).findFirst().orElseThrow().getClass()),
      origin(FakeEngine.class)
    };
    copy = new URLClassLoader(urls, new EverythingElse());
  }

  private static URL origin(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** A file that the fake engine opens. */
  String model(String name) throws IOException {
    Path file = folder.resolve(name);
    return Files.exists(file) ? file.toString() : Files.createFile(file).toString();
  }

  /** Runs a command, however it ends. */
  CommandRun of(String... arguments) {
    try {
      Class<?> type = copy.loadClass(CommandRun.class.getName());
      Object run = type.getMethod("of", String[].class).invoke(null, (Object) arguments);
      return new CommandRun(
          (int) type.getMethod("code").invoke(run),
          (String) type.getMethod("out").invoke(run),
          (String) type.getMethod("err").invoke(run));
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  /** Runs a command that has to succeed. */
  String done(String... arguments) {
    CommandRun run = of(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return run.out();
  }

  /** Runs a command that prints JSON objects, a line each. */
  List<Json> json(String... arguments) throws IOException {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(1, List.of("--format", "json"));
    List<Json> objects = new ArrayList<>();
    for (String line : CommandRun.lines(done(all.toArray(String[]::new)))) {
      objects.add(Json.parse(line));
    }
    return objects;
  }

  /** How many inputs each call of the model had since this was last asked. */
  List<Integer> calls() {
    try {
      var calls = copy.loadClass(FakeEngine.class.getName()).getDeclaredMethod("calls");
      calls.setAccessible(true);
      List<Integer> sizes = new ArrayList<>();
      for (Object size : (List<?>) calls.invoke(null)) {
        sizes.add((Integer) size);
      }
      return sizes;
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() throws IOException {
    copy.close();
  }

  /** The class path without what the copy is to load itself. */
  private static final class EverythingElse extends ClassLoader {
    EverythingElse() {
      super(FakeEngineRun.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (name.startsWith("io.github.attentive.")) {
        throw new ClassNotFoundException(name);
      }
      return super.loadClass(name, resolve);
    }

    @Override
    public URL getResource(String name) {
      return name.equals(SERVICES) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(SERVICES) ? Collections.emptyEnumeration() : super.getResources(name);
    }
  }
}

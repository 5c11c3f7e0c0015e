package io.github.attentive.internal;

import io.github.attentive.ExportFormat;
import io.github.attentive.LoadOptions;
import io.github.attentive.Recipe;
import io.github.attentive.spi.EngineModel;
import io.github.attentive.spi.EngineProvider;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Providers that a services file can name, and class loaders that have such a file. */
public final class ClassPathProviders {
  static final String SERVICES = "META-INF/services/" + EngineProvider.class.getName();

  private ClassPathProviders() {}

  /** Opens the ordinary stub, trains one recipe and exports one format. */
  public static final class Good extends StubProvider {
    public Good() {
      super("good", 1);
      training(Recipe.KERAS_ATTENTION);
      exporting(ExportFormat.TORCHSCRIPT);
    }
  }

  /** Opens a model without attention. */
  public static final class Pooling extends StubProvider {
    static final StubModel OPENED = StubModel.withoutAttention();

    public Pooling() {
      super("pooling", 1);
      opening(() -> OPENED);
    }
  }

  /** Remembers what it was asked to open. */
  public static final class Remembering extends StubProvider {
    static final List<Path> ASKED = new CopyOnWriteArrayList<>();
    static final List<Path> OPENED = new CopyOnWriteArrayList<>();

    public Remembering() {
      super("remembering", 1);
    }

    @Override
    public Optional<String> objection(Path path) {
      ASKED.add(path);
      return super.objection(path);
    }

    @Override
    public EngineModel open(Path path, LoadOptions options) {
      OPENED.add(path);
      return super.open(path, options);
    }
  }

  /** Built for another version of the contract. */
  public static final class FromTheFuture extends StubProvider {
    public FromTheFuture() {
      super("future", 1);
      builtFor(99);
    }
  }

  /** Cannot be created. */
  public static final class Explosive extends StubProvider {
    public Explosive() {
      super("explosive", 1);
      throw new UnsupportedOperationException("no natives for this machine");
    }
  }

  /** Is no provider at all. */
  public static final class Stranger {}

  /** A loader over this one's classes whose services file, in a folder, has these lines. */
  static URLClassLoader loader(Path folder, String... lines) throws IOException {
    Path file = folder.resolve(SERVICES);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(lines));
    return new URLClassLoader(urls(folder), ClassPathProviders.class.getClassLoader());
  }

  static URL[] urls(Path folder) throws MalformedURLException {
    return new URL[] {folder.toUri().toURL()};
  }
}

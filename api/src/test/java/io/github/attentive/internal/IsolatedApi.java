package io.github.attentive.internal;

import io.github.attentive.spi.EngineProvider;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A second copy of the API and of these tests, on a class path that has an engine. */
public final class IsolatedApi {
  private IsolatedApi() {}

  /**
   * Runs a program in the copy.
   *
   * @param folder where a services file may go
   * @param program a public class with a public constructor without parameters
   * @param argument what it is given
   * @return what it gives
   */
  public static String run(
      Path folder, Class<? extends UnaryOperator<String>> program, String argument)
      throws Exception {
    Path services = Files.createDirectories(folder.resolve("services"));
    Path file = services.resolve(ClassPathProviders.SERVICES);
    Files.createDirectories(file.getParent());
    Files.write(file, List.of(ClassPathProviders.Good.class.getName()));
    URL[] urls = {
      services.toUri().toURL(), origin(EngineProvider.class), origin(IsolatedApi.class)
    };
    try (URLClassLoader copy = new URLClassLoader(urls, new EverythingElse())) {
      Object instance = copy.loadClass(program.getName()).getDeclaredConstructor().newInstance();
      return (String)
          UnaryOperator.class.getMethod("apply", Object.class).invoke(instance, argument);
    }
  }

  private static URL origin(Class<?> type) {
    return type.getProtectionDomain().getCodeSource().getLocation();
  }

  /** The class path without what the copy is to load itself. */
  private static final class EverythingElse extends ClassLoader {
    EverythingElse() {
      super(IsolatedApi.class.getClassLoader());
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
      return name.equals(ClassPathProviders.SERVICES) ? null : super.getResource(name);
    }

    @Override
    public Enumeration<URL> getResources(String name) throws IOException {
      return name.equals(ClassPathProviders.SERVICES)
          ? Collections.emptyEnumeration()
          : super.getResources(name);
    }
  }
}

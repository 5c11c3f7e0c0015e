package io.github.attentive.pytorch;

import io.github.attentive.AttentionExplainer;
import java.io.IOException;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Loads, classifies and explains; prints every address that Java was asked to connect to. */
final class OfflineMain {
  private static final List<URI> ASKED = new CopyOnWriteArrayList<>();

  private OfflineMain() {}

  /** Opens the model of the first argument. */
  public static void main(String[] arguments) {
    ProxySelector.setDefault(
        new ProxySelector() {
          @Override
          public List<Proxy> select(URI uri) {
            ASKED.add(uri);
            throw new IllegalArgumentException("no network: " + uri);
          }

          @Override
          public void connectFailed(URI uri, SocketAddress address, IOException e) {}
        });
    try (AttentionExplainer explainer = AttentionExplainer.load(Path.of(arguments[0]))) {
      print("label " + explainer.classify("the movie was boring").label());
      print("words " + explainer.explain("the movie was boring").words().size());
    }
    print("offline " + System.getProperty("ai.djl.offline"));
    print("tracking off " + System.getProperty("OPT_OUT_TRACKING"));
    print("asked " + ASKED);
  }

  private static void print(String line) {
    System.out.println(line);
  }
}

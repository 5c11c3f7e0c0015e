package io.github.attentive.viz;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Serves documents to a browser on this machine, with the headers a test asks for. */
final class DocumentServer implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Document> documents = new ConcurrentHashMap<>();

  /**
   * A document and its headers.
   *
   * @param policy the Content-Security-Policy, empty for none
   */
  private record Document(String type, String content, String policy) {}

  DocumentServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.start();
  }

  /**
   * Offers a document.
   *
   * @param policy the Content-Security-Policy, empty for none
   * @return its address
   */
  URI add(String type, String content, String policy) {
    String path = "/" + documents.size();
    documents.put(path, new Document(type, content, policy));
    return URI.create(
        "http://%s:%s%s"
            .formatted(
                server.getAddress().getAddress().getHostAddress(),
                server.getAddress().getPort(),
                path));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      Document document = documents.get(exchange.getRequestURI().getPath());
      if (document == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] bytes = document.content().getBytes(StandardCharsets.UTF_8);
      exchange.getResponseHeaders().set("Content-Type", document.type() + ";charset=utf-8");
      if (!document.policy().isEmpty()) {
        exchange.getResponseHeaders().set("Content-Security-Policy", document.policy());
      }
      exchange.sendResponseHeaders(200, bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}

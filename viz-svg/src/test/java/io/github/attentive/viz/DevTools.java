package io.github.attentive.viz;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The Chrome DevTools protocol: commands with numbered answers, and events, as JSON over one web
 * socket.
 *
 * <p>One thread may send commands; answers arrive on another.
 */
final class DevTools implements AutoCloseable {
  private static final int TIMEOUT_SECONDS = 60;

  private final WebSocket socket;
  private final AtomicInteger numbers = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<JsonObject>> events = new ConcurrentHashMap<>();
  private String session = "";

  private DevTools(URI address) {
    this.socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(address, new Reader()).join();
  }

  static DevTools connect(URI address) {
    return new DevTools(address);
  }

  /** Sends all further commands to this session, that is to one page. */
  void attach(String sessionId) {
    this.session = sessionId;
  }

  /**
   * Sends a command and waits for its answer.
   *
   * @param parameters of the command, for instance {@code Map.of("x", 1)}: numbers, booleans, texts
   *     and JSON elements
   * @return the command's result
   */
  JsonObject call(String method, Map<String, ?> parameters) {
    int number = numbers.incrementAndGet();
    JsonObject message = new JsonObject();
    message.addProperty("id", number);
    message.addProperty("method", method);
    message.add("params", object(parameters));
    if (!session.isEmpty()) {
      message.addProperty("sessionId", session);
    }
    CompletableFuture<JsonObject> answer = new CompletableFuture<>();
    answers.put(number, answer);
    socket.sendText(message.toString(), true).join();
    JsonObject received = await(answer, method);
    if (received.has("error")) {
      throw new AssertionError(method + ": " + received.get("error"));
    }
    return received.getAsJsonObject("result");
  }

  /** Does something and waits until the event that it leads to has come. */
  void until(String event, Runnable action) {
    CompletableFuture<JsonObject> happened = new CompletableFuture<>();
    events.put(event, happened);
    action.run();
    await(happened, event);
  }

  private static JsonObject object(Map<String, ?> parameters) {
    JsonObject object = new JsonObject();
    parameters.forEach(
        (name, value) -> {
          if (value instanceof JsonElement element) {
            object.add(name, element);
          } else if (value instanceof Number number) {
            object.addProperty(name, number);
          } else if (value instanceof Boolean flag) {
            object.addProperty(name, flag);
          } else {
            object.addProperty(name, value.toString());
          }
        });
    return object;
  }

  private static JsonObject await(CompletableFuture<JsonObject> future, String what) {
    try {
      return future.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException | InterruptedException e) {
      throw new AssertionError("no answer to " + what, e);
    }
  }

  /** Asks the browser to end itself, and does not wait. */
  @Override
  public void close() {
    attach("");
    try {
      call("Browser.close", Map.of());
      socket.sendClose(WebSocket.NORMAL_CLOSURE, "").join();
    } catch (CompletionException | AssertionError e) {
      socket.abort();
    }
  }

  /** Puts the parts of a message together and hands it to who waits for it. */
  private final class Reader implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        dispatch(JsonParser.parseString(message.toString()).getAsJsonObject());
        message.setLength(0);
      }
      webSocket.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void dispatch(JsonObject received) {
      CompletableFuture<JsonObject> waiting =
          received.has("id")
              ? answers.remove(received.get("id").getAsInt())
              : events.remove(received.get("method").getAsString());
      if (waiting != null) {
        waiting.complete(received);
      }
    }
  }
}

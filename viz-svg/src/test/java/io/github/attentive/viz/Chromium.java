package io.github.attentive.viz;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;

/**
 * A browser without a window that a test drives: it opens figures and pages, moves the mouse,
 * presses keys, and says what is seen.
 *
 * <p>Its start takes seconds, so a test class starts one for all its tests and closes it after:
 *
 * <pre>{@code
 * @Tag("viewers")
 * class HoverTest {
 *   private static Chromium chromium;
 *
 *   @BeforeEach
 *   void start() {
 *     if (chromium == null) {
 *       chromium = Chromium.startOrSkip();
 *     }
 *   }
 *
 *   @AfterAll
 *   static void close() {
 *     if (chromium != null) {
 *       chromium.close();
 *     }
 *   }
 *
 *   @Test
 *   void hover() {
 *     chromium.open(svg);
 *     chromium.moveMouse(20, 30);
 *     Raster hovered = Raster.of(svg, chromium.screenshot(), 1);
 *   }
 * }
 * }</pre>
 *
 * <p>A figure that is opened fills the window: a point {@code (x, y)} of its coordinate system is
 * at {@code (x - left, y - top)} of the window, where {@code left} and {@code top} are the first
 * two numbers of its view box, and {@link Raster} takes coordinates of the figure. Every {@code
 * open} starts anew: light, on screen, one pixel a unit, the mouse outside, nothing focused.
 *
 * <p>Not thread-safe.
 */
final class Chromium implements Viewer {
  private static final String ANNOUNCEMENT = "DevTools listening on ";

  private final Process process;
  private final Path profile;
  private final DocumentServer server = new DocumentServer();
  private final DevTools tools;

  private Chromium(Path program) {
    try {
      profile = Files.createTempDirectory("chromium");
      process =
          new ProcessBuilder(
                  program.toString(),
                  "--headless=new",
                  // Root, as which containers build, has no sandbox; all pages are our own.
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--disable-extensions",
                  "--no-first-run",
                  "--no-proxy-server",
                  "--hide-scrollbars",
                  "--force-color-profile=srgb",
                  "--remote-debugging-port=0",
                  "--user-data-dir=" + profile,
                  "about:blank")
              .redirectErrorStream(true)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    // Nothing outlives a test run that is broken off.
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
    tools = DevTools.connect(address());
    JsonObject target = tools.call("Target.createTarget", Map.of("url", "about:blank"));
    JsonObject session =
        tools.call(
            "Target.attachToTarget",
            Map.of("targetId", target.get("targetId").getAsString(), "flatten", true));
    tools.attach(session.get("sessionId").getAsString());
    tools.call("Page.enable", Map.of());
    tools.call("Emulation.setFocusEmulationEnabled", Map.of("enabled", true));
  }

  /** Starts the browser, or skips the test where there is none. */
  static Chromium startOrSkip() {
    return new Chromium(
        Programs.findOrSkip("chromium", "chromium", "chromium-browser", "google-chrome"));
  }

  /** Where the browser says that it listens; what else it says is read and dropped. */
  private URI address() {
    BufferedReader output =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    try {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        if (line.startsWith(ANNOUNCEMENT)) {
          Thread rest = new Thread(() -> output.lines().forEach(ignored -> {}), "chromium output");
          rest.setDaemon(true);
          rest.start();
          return URI.create(line.substring(ANNOUNCEMENT.length()).strip());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    throw new AssertionError("Chromium ended before it listened");
  }

  @Override
  public String version() {
    String product = tools.call("Browser.getVersion", Map.of()).get("product").getAsString();
    return "Chromium " + product.substring(product.indexOf('/') + 1);
  }

  /** Opens a figure as a document of its own, in a window of its size. */
  void open(Svg svg) {
    open(svg, "");
  }

  /**
   * Opens a figure that its server restricts.
   *
   * @param policy the Content-Security-Policy, for instance {@code default-src 'none'}
   */
  void open(Svg svg, String policy) {
    resize(svg.width(), svg.height(), 1);
    open(server.add("image/svg+xml", svg.toString(), policy));
  }

  /** Opens an HTML page. */
  void openPage(String html, int width, int height) {
    resize(width, height, 1);
    open(server.add("text/html", html, ""));
  }

  private void open(URI address) {
    emulateScreen(false);
    // A mouse that lies still would hover over the new document, too.
    mouse(-1, -1);
    tools.until(
        "Page.loadEventFired",
        () -> tools.call("Page.navigate", Map.of("url", address.toString())));
    awaitFrame();
  }

  /**
   * Sets the size of the window.
   *
   * @param width in CSS pixels, which are units of a figure
   * @param height in CSS pixels
   * @param scale pixels of a screenshot a CSS pixel
   */
  void resize(int width, int height, double scale) {
    tools.call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", scale, "mobile", false));
  }

  /** Shows the document as on screen, to a reader who prefers dark or light pages. */
  void emulateScreen(boolean dark) {
    emulate("screen", dark ? "dark" : "light");
  }

  /** Shows the document as it would be printed. */
  void emulatePrint() {
    emulate("print", "light");
  }

  private void emulate(String media, String scheme) {
    JsonObject preference = new JsonObject();
    preference.addProperty("name", "prefers-color-scheme");
    preference.addProperty("value", scheme);
    JsonArray features = new JsonArray();
    features.add(preference);
    tools.call("Emulation.setEmulatedMedia", Map.of("media", media, "features", features));
    awaitFrame();
  }

  /**
   * Moves the mouse, as a hand would: what lies under it is hovered.
   *
   * @param x in CSS pixels from the window's left edge
   * @param y in CSS pixels from its top edge
   */
  void moveMouse(double x, double y) {
    mouse(x, y);
    awaitFrame();
  }

  private void mouse(double x, double y) {
    tools.call("Input.dispatchMouseEvent", Map.of("type", "mouseMoved", "x", x, "y", y));
  }

  /** Presses the tabulator key: the focus goes to the next element that takes it. */
  void pressTab() {
    for (String type : List.of("rawKeyDown", "keyUp")) {
      tools.call(
          "Input.dispatchKeyEvent",
          Map.of("type", type, "key", "Tab", "code", "Tab", "windowsVirtualKeyCode", 9));
    }
    awaitFrame();
  }

  /**
   * The value of an expression in JavaScript; a promise is waited for. Works whatever the
   * document's policy is.
   */
  JsonElement evaluate(String expression) {
    JsonObject answer =
        tools.call(
            "Runtime.evaluate",
            Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (answer.has("exceptionDetails")) {
      throw new AssertionError(expression + ": " + answer.get("exceptionDetails"));
    }
    JsonElement value = answer.getAsJsonObject("result").get("value");
    return value == null ? JsonNull.INSTANCE : value;
  }

  /** Waits until what has changed is drawn. */
  private void awaitFrame() {
    evaluate("new Promise(r => requestAnimationFrame(() => requestAnimationFrame(() => r(0))))");
  }

  /** What the window shows. */
  BufferedImage screenshot() {
    String data =
        tools.call("Page.captureScreenshot", Map.of("format", "png")).get("data").getAsString();
    try {
      return ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(data)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public BufferedImage render(Svg svg, double scale) {
    open(svg);
    resize(svg.width(), svg.height(), scale);
    awaitFrame();
    return screenshot();
  }

  @Override
  public void close() {
    tools.close();
    server.close();
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly().waitFor();
      }
      deleteProfile();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void deleteProfile() {
    try (Stream<Path> files = Files.walk(profile)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException | UncheckedIOException e) {
      // The browser's last processes may still be deleting files of their own.
      profile.toFile().deleteOnExit();
    }
  }
}

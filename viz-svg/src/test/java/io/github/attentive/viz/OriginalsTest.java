package io.github.attentive.viz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;

/**
 * Three heatmaps that Python scripts draw, drawn from the same numbers and held against the
 * scripts' own pictures.
 *
 * <p>Colours may differ by 1 of 255: matplotlib itself rounds a colour down in a bitmap and to the
 * nearest in SVG.
 */
class OriginalsTest {
  private static final int ROUNDING = 1;

  /** Pixels a point in the originals' PNG files: 100 and 72 an inch. */
  private static final double PIXELS_PER_POINT = 100.0 / 72;

  /** Of a cell's height, from its top: over the number in its middle. */
  private static final double OVER_THE_NUMBER = 0.2;

  private static JsonObject data(String name) throws IOException {
    String json = Files.readString(SharedFixtures.path("png/figures.json"));
    return new Gson().fromJson(json, JsonObject.class).getAsJsonObject(name);
  }

  private static String original(String name) throws IOException {
    return Files.readString(SharedFixtures.path("png/" + name + ".svg"));
  }

  private static double[][] attention(JsonObject data) {
    return new Gson().fromJson(data.get("attention"), double[][].class);
  }

  private static List<String> tokens(JsonObject data) {
    return List.of(new Gson().fromJson(data.get("tokens"), String[].class));
  }

  private static Svg squareMap(JsonObject data) {
    return Heatmap.of(attention(data))
        .queries(tokens(data))
        .keys(tokens(data))
        .title("Attention Heatmap")
        .queryTitle("Query Tokens")
        .keyTitle("Key Tokens")
        .cellValues(CellValues.HIDDEN)
        .render();
  }

  private static Svg singleRow(JsonObject data) {
    return Heatmap.of(attention(data))
        .queries(List.of("Attention"))
        .keys(tokens(data))
        .title(data.get("title").getAsString())
        .queryTitle("")
        .keyTitle("")
        .colourBar(false)
        .palette(Palette.YL_OR_RD)
        .cellValues(CellValues.SHOWN)
        .render();
  }

  private static Svg ours(String name) throws IOException {
    JsonObject data = data(name);
    return name.equals("seed003") ? singleRow(data) : squareMap(data);
  }

  private static List<Element> cells(Svg svg) {
    return Documents.elements(svg, "rect").stream()
        .filter(rect -> rect.getElementsByTagName("title").getLength() == 1)
        .toList();
  }

  /** The texts of an original: glyphs are outlines there, and comments say what they read. */
  private static List<String> texts(String original) {
    return Pattern.compile("<!-- (.*?) -->")
        .matcher(original)
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  /** Left, top, right and bottom of the cells of an original, in points. */
  private static double[] axes(String original) {
    String patch = original.substring(original.indexOf("<g id=\"patch_2\">"));
    double[] box = {Double.MAX_VALUE, Double.MAX_VALUE, 0, 0};
    Matcher corners = Pattern.compile("[ML] (\\S+) (\\S+) ").matcher(patch);
    for (int i = 0; i < 4 && corners.find(); i++) {
      double x = Double.parseDouble(corners.group(1));
      double y = Double.parseDouble(corners.group(2));
      box[0] = Math.min(box[0], x);
      box[1] = Math.min(box[1], y);
      box[2] = Math.max(box[2], x);
      box[3] = Math.max(box[3], y);
    }
    return box;
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed002_walkthrough", "seed002_challenge", "seed003"})
  void coloursOfCellsAreTheOriginals(String name) throws IOException {
    JsonObject data = data(name);
    Svg svg = ours(name);
    List<Element> cells = cells(svg);
    Raster raster = Raster.of(svg, 1);
    BufferedImage png = ImageIO.read(SharedFixtures.path("png/" + name + ".png").toFile());
    double[] axes = axes(original(name));
    List<Integer> inSvg = coloursInSvg(original(name), data);
    List<Integer> stated = statedColours(data.getAsJsonArray("cell_rgba"));
    int columns = tokens(data).size();
    int rows = attention(data).length;
    assertThat(cells).hasSize(rows * columns);
    assertThat(stated).hasSize(cells.size());
    assertThat(inSvg).hasSize(cells.size());
    for (int i = 0; i < cells.size(); i++) {
      double column = i % columns + 0.5;
      double row = i / columns + OVER_THE_NUMBER;
      double x = axes[0] + column * (axes[2] - axes[0]) / columns;
      double y = axes[1] + row * (axes[3] - axes[1]) / rows;
      int inPng = png.getRGB((int) (x * PIXELS_PER_POINT), (int) (y * PIXELS_PER_POINT)) & 0xFFFFFF;
      int written = Integer.parseInt(cells.get(i).getAttribute("fill").substring(1), 16);
      int drawn =
          raster.at(
              number(cells.get(i), "x") + number(cells.get(i), "width") / 2,
              number(cells.get(i), "y") + number(cells.get(i), "height") * OVER_THE_NUMBER);
      for (int ours : new int[] {written, drawn}) {
        assertThat(Raster.distance(ours, stated.get(i)))
            .as("stated %s", i)
            .isLessThanOrEqualTo(ROUNDING);
        assertThat(Raster.distance(ours, inPng)).as("png %s", i).isLessThanOrEqualTo(ROUNDING);
        assertThat(Raster.distance(ours, inSvg.get(i)))
            .as("svg %s", i)
            .isLessThanOrEqualTo(ROUNDING);
      }
    }
  }

  /** Lists of red, green, blue and opacity, in rows or not. */
  private static List<Integer> statedColours(JsonArray cells) {
    List<Integer> colours = new ArrayList<>();
    for (JsonElement cell : cells) {
      JsonArray values = cell.getAsJsonArray();
      if (values.get(0).isJsonArray()) {
        colours.addAll(statedColours(values));
      } else {
        colours.add(
            values.get(0).getAsInt() << 16
                | values.get(1).getAsInt() << 8
                | values.get(2).getAsInt());
      }
    }
    return colours;
  }

  private static double number(Element element, String name) {
    return element.hasAttribute(name) ? Double.parseDouble(element.getAttribute(name)) : 0;
  }

  /** A path for each cell, or else a bitmap of all cells with its lowest row first. */
  private static List<Integer> coloursInSvg(String original, JsonObject data) throws IOException {
    List<Integer> colours = new ArrayList<>();
    int mesh = original.indexOf("QuadMesh_1");
    if (mesh >= 0) {
      String paths = original.substring(mesh, original.indexOf("</g>", mesh));
      for (MatchResult fill :
          Pattern.compile("fill: #([0-9a-f]{6})").matcher(paths).results().toList()) {
        colours.add(Integer.parseInt(fill.group(1), 16));
      }
      return colours;
    }
    Matcher image = Pattern.compile("base64,\\s*([^\"]*)\"").matcher(original);
    assertThat(image.find()).isTrue();
    BufferedImage bitmap =
        ImageIO.read(new ByteArrayInputStream(Base64.getMimeDecoder().decode(image.group(1))));
    int count = tokens(data).size();
    for (int row = count - 1; row >= 0; row--) {
      for (int column = 0; column < count; column++) {
        int x = (int) ((column + 0.5) * bitmap.getWidth() / count);
        int y = (int) ((row + 0.5) * bitmap.getHeight() / count);
        colours.add(bitmap.getRGB(x, y) & 0xFFFFFF);
      }
    }
    return colours;
  }

  /** Titles, labels and ticks read the same, to the last digit. */
  @ParameterizedTest
  @ValueSource(strings = {"seed002_walkthrough", "seed002_challenge", "seed003"})
  void textsAreTheOriginals(String name) throws IOException {
    assertThat(Documents.texts(ours(name), "text"))
        .containsExactlyInAnyOrderElementsOf(texts(original(name)));
  }

  /** Ticks stand where their values are on the scale. */
  @ParameterizedTest
  @ValueSource(strings = {"seed002_walkthrough", "seed002_challenge"})
  void ticksStandAtTheirValues(String name) throws IOException {
    JsonObject data = data(name);
    double low = data.get("vmin").getAsDouble();
    double high = data.get("vmax").getAsDouble();
    double height = 48.0 * tokens(data).size();
    JsonArray expected = data.getAsJsonArray("colorbar_ticks");
    List<Element> ticks =
        Documents.elements(ours(name), "text").stream()
            .filter(text -> text.getTextContent().startsWith("0."))
            .toList();
    assertThat(ticks).hasSameSizeAs(expected);
    for (int i = 0; i < ticks.size(); i++) {
      double value = expected.get(i).getAsDouble();
      assertThat(Double.parseDouble(ticks.get(i).getTextContent())).isCloseTo(value, within(1e-9));
      assertThat(number(ticks.get(i), "y"))
          .isCloseTo(height - (value - low) / (high - low) * height, within(0.01));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"seed002_walkthrough", "seed002_challenge", "seed003"})
  void textIsWholeAndApart(String name) throws IOException {
    Svg svg = ours(name);
    TextLayout.assertInsideTheViewBox(svg);
    TextLayout.assertNoneOverAnother(svg);
    assertThat(Documents.texts(svg, "text")).noneMatch(text -> text.endsWith(TextMetrics.ELLIPSIS));
  }

  /** Three numbers that the original writes in white on red are black here. */
  @Test
  void numbersInCellsAreRead() throws IOException {
    Svg svg = ours("seed003");
    List<Element> cells = cells(svg);
    List<Element> numbers =
        Documents.elements(svg, "text").stream()
            .filter(text -> !text.hasAttribute("class"))
            .toList();
    assertThat(numbers).hasSameSizeAs(cells);
    assertThat(numbers).filteredOn(number -> colour(number).equals(Colour.WHITE)).hasSize(1);
    for (int i = 0; i < cells.size(); i++) {
      assertThat(colour(numbers.get(i)).contrast(colour(cells.get(i)))).isGreaterThan(4.5);
    }
  }

  private static Colour colour(Element element) {
    return new Colour(Integer.parseInt(element.getAttribute("fill").substring(1), 16));
  }
}

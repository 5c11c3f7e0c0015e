package io.github.attentive.viz;

import io.github.attentive.InvalidInputException;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;

/** Finds {@link FigureData} in a document and reads them. */
final class FigureDataReader {
  private final String subject;

  private FigureDataReader(String subject) {
    this.subject = subject;
  }

  /**
   * Reads a document.
   *
   * @param subject what error messages call it
   * @throws InvalidInputException if there are no data in it
   */
  static FigureData read(String svg, String subject) {
    return new FigureDataReader(subject).data(metadata(svg, subject));
  }

  private static String metadata(String svg, String subject) {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    factory.setProperty(XMLInputFactory.IS_COALESCING, true);
    StringBuilder text = new StringBuilder();
    int depth = 0;
    try {
      XMLStreamReader xml = factory.createXMLStreamReader(new StringReader(svg));
      while (xml.hasNext()) {
        int event = xml.next();
        if (event == XMLStreamConstants.START_ELEMENT) {
          depth += depth > 0 || xml.getLocalName().equals("metadata") ? 1 : 0;
        } else if (event == XMLStreamConstants.END_ELEMENT) {
          depth -= depth > 0 ? 1 : 0;
        } else if (event == XMLStreamConstants.CHARACTERS && depth == 1) {
          // Other programs add elements of their own to the same metadata.
          text.append(xml.getText());
        }
      }
      xml.close();
    } catch (XMLStreamException e) {
      throw new InvalidInputException(subject + ": expected an SVG document: " + e.getMessage(), e);
    }
    if (text.toString().isBlank()) {
      throw new InvalidInputException(
          subject
              + ": expected a figure that holds its data, got none; draw it with a self-describing"
              + " style");
    }
    return text.toString();
  }

  private FigureData data(String json) {
    try {
      Map<?, ?> members = map(JsonText.parse(json));
      if (!(members.get(FigureDataWriter.VERSION_KEY) instanceof JsonText.Literal version)
          || !version.digits().equals(Integer.toString(FigureDataWriter.VERSION))) {
        throw new InvalidInputException(
            subject + ": expected data in version " + FigureDataWriter.VERSION + ", got another");
      }
      Map<String, String> facts = new LinkedHashMap<>();
      map(members.get("facts")).forEach((name, value) -> facts.put((String) name, text(value)));
      List<DataTable> tables = new ArrayList<>();
      for (Object table : list(members.get("tables"))) {
        tables.add(table(map(table)));
      }
      return new FigureData(
          text(members.get("view")),
          text(members.get("title")),
          facts,
          texts(members.get("notes")),
          tables);
    } catch (IllegalArgumentException | ClassCastException e) {
      throw new InvalidInputException(subject + ": expected figure data: " + e.getMessage(), e);
    }
  }

  private DataTable table(Map<?, ?> members) {
    String name = text(members.get("name"));
    if (members.containsKey("omitted")) {
      throw new InvalidInputException(
          "%s: table '%s' was too large to be kept in the file (%s characters of data at most)"
              .formatted(subject, name, FigureDataWriter.LIMIT));
    }
    List<String> rows = texts(members.get("rows"));
    List<String> columns = texts(members.get("columns"));
    boolean single = text(members.get("type")).equals("float32");
    List<?> values = list(members.get("values"));
    double[][] array = new double[values.size()][];
    for (int row = 0; row < array.length; row++) {
      List<?> cells = list(values.get(row));
      array[row] = new double[cells.size()];
      for (int column = 0; column < array[row].length; column++) {
        array[row][column] = number(cells.get(column), single);
      }
    }
    String rowTitle = text(members.get("rowTitle"));
    String columnTitle = text(members.get("columnTitle"));
    try {
      return new DataTable(name, rowTitle, columnTitle, rows, columns, Matrix.of(array));
    } catch (InvalidInputException e) {
      throw new InvalidInputException(subject + ", " + e.getMessage(), e);
    }
  }

  private static double number(@Nullable Object value, boolean single) {
    if (value == null) {
      return Double.NaN;
    }
    String digits = ((JsonText.Literal) value).digits();
    return single ? Float.parseFloat(digits) : Double.parseDouble(digits);
  }

  private static List<String> texts(@Nullable Object value) {
    return list(value).stream().map(FigureDataReader::text).toList();
  }

  private static String text(@Nullable Object value) {
    return (String) present(value);
  }

  private static List<?> list(@Nullable Object value) {
    return (List<?>) present(value);
  }

  private static Map<?, ?> map(@Nullable Object value) {
    return (Map<?, ?>) present(value);
  }

  private static Object present(@Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException("a member is missing");
    }
    return value;
  }
}

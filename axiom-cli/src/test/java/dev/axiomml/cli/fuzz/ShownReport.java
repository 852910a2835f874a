package dev.axiomml.cli.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/**
 * A report read back from a surface, by what a person sees there.
 *
 * @param state {@code PASSED}, {@code FAILED} or {@code UNDECIDED}; empty where none is shown
 * @param tally how many there are of each verdict, in words; empty where none is shown
 */
record ShownReport(String state, String tally, List<ShownClaim> claims) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern HEAD =
      Pattern.compile("(✓ PASSED|✗ FAILED|\\? UNDECIDED)(?: {2}| — )(?:[^:]*: )?(.*)");
  private static final Pattern WHERE = Pattern.compile(" {11}(.*); ([0-9]+\\.[0-9]{2}) s");
  private static final Pattern NUMBERS = Pattern.compile(" {11}(x|output) +\\[(.*)]");

  /** Whether it says that a claim passes which does not, or the other way round. */
  static boolean passes(JsonNode json, String required) {
    boolean right = true;
    for (JsonNode claim : json.get("claims")) {
      ShownClaim shown = claim(claim);
      right &= claim.get("passes").asBoolean() == shown.passes(required);
    }
    return right;
  }

  static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code --json} prints. */
  static ShownReport ofJson(String text) {
    JsonNode json = json(text);
    List<ShownClaim> claims = new ArrayList<>();
    json.get("claims").forEach(claim -> claims.add(claim(claim)));
    return new ShownReport(json.get("outcome").asText(), "", claims);
  }

  private static ShownClaim claim(JsonNode claim) {
    return new ShownClaim(
        claim.get("verdict").asText(),
        claim.get("claim").asText(),
        claim.get("how").asText() + claim.path("fix").asText(),
        claim.get("where").asText(),
        claim.get("seconds").asDouble(),
        new ShownClaim.Run(numbers(claim.path("counterexample")), numbers(claim.path("replayed"))));
  }

  private static List<float[]> numbers(JsonNode tensors) {
    List<float[]> all = new ArrayList<>();
    for (JsonNode tensor : tensors) {
      float[] values = new float[tensor.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) Double.parseDouble(tensor.get(i).asText());
      }
      all.add(values);
    }
    return all;
  }

  /** What a certificate says of itself. */
  static ShownReport ofCertificate(String text) {
    List<ShownClaim> claims = new ArrayList<>();
    for (JsonNode claim : json(text).get("claims")) {
      String is = claim.get("verdict").get("is").asText();
      String word =
          is.equals(ShownClaim.REALS.toLowerCase(Locale.ROOT))
              ? ShownClaim.REALS
              : is.toUpperCase(Locale.ROOT);
      double seconds = claim.get("seconds").asDouble();
      claims.add(
          new ShownClaim(word, claim.get("claim").asText(), "", "", seconds, ShownClaim.Run.NONE));
    }
    return new ShownReport("", "", claims);
  }

  /** What is printed for a terminal. */
  static ShownReport ofText(String text) {
    List<String> lines = text.lines().toList();
    Matcher head = HEAD.matcher(lines.get(0));
    if (!head.matches()) {
      throw new IllegalArgumentException("no report begins with " + lines.get(0));
    }
    List<ShownClaim> claims = new ArrayList<>();
    for (int i = 1; i < lines.size(); i++) {
      if (word(lines.get(i)).isEmpty()) {
        continue;
      }
      claims.add(claim(lines, i));
    }
    return new ShownReport(head.group(1).substring(2), head.group(2), claims);
  }

  /** The verdict at the start of a claim's line; empty for other lines. */
  static String word(String line) {
    return ShownClaim.WORDS.stream()
        .filter(word -> line.startsWith("  " + word + " "))
        .findFirst()
        .orElse("");
  }

  private static ShownClaim claim(List<String> lines, int at) {
    String word = word(lines.get(at));
    String text = lines.get(at).substring(2 + word.length()).strip();
    StringBuilder how = new StringBuilder();
    String where = "";
    double seconds = -1;
    List<float[]> inputs = new ArrayList<>();
    List<float[]> outputs = new ArrayList<>();
    for (int i = at + 1; i < lines.size() && lines.get(i).startsWith(" ".repeat(11)); i++) {
      Matcher place = WHERE.matcher(lines.get(i));
      Matcher numbers = NUMBERS.matcher(lines.get(i));
      if (seconds < 0 && place.matches()) {
        where = place.group(1);
        seconds = Double.parseDouble(place.group(2));
      } else if (numbers.matches() && !numbers.group(2).contains("…")) {
        (numbers.group(1).equals("x") ? inputs : outputs).add(floats(numbers.group(2)));
      } else {
        how.append(lines.get(i).strip()).append(' ');
      }
    }
    return new ShownClaim(
        word, text, how.toString(), where, seconds, new ShownClaim.Run(inputs, outputs));
  }

  private static float[] floats(String list) {
    String[] parts = list.isEmpty() ? new String[0] : list.split(", ", -1);
    float[] values = new float[parts.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = Float.parseFloat(parts[i]);
    }
    return values;
  }

  /** What a page shows; it is well-formed, whatever the names and claims in it. */
  static ShownReport ofPage(String page) {
    Element root = document(page).getDocumentElement();
    String state = "";
    for (Element p : all(root, "p")) {
      state = p.getAttribute("class").startsWith("state ") ? p.getTextContent() : state;
    }
    Matcher head = HEAD.matcher(state);
    if (!head.matches()) {
      throw new IllegalArgumentException("no page has the state " + state);
    }
    List<ShownClaim> claims = new ArrayList<>();
    for (Element row : all(all(root, "tbody").get(0), "tr")) {
      List<Element> cells = all(row, "td");
      String time = cells.get(4).getTextContent();
      claims.add(
          new ShownClaim(
              cells.get(0).getTextContent(),
              cells.get(1).getTextContent(),
              cells.get(2).getTextContent(),
              cells.get(3).getTextContent(),
              Double.parseDouble(time.substring(0, time.indexOf(' '))),
              ShownClaim.Run.NONE));
    }
    return new ShownReport(head.group(1).substring(2), head.group(2), claims);
  }

  private static Document document(String page) {
    try {
      String body = page.substring(page.indexOf("<html"));
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(body)));
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalArgumentException("the page is not well-formed: " + e.getMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Element> all(Element below, String tag) {
    NodeList nodes = below.getElementsByTagName(tag);
    List<Element> all = new ArrayList<>();
    for (int i = 0; i < nodes.getLength(); i++) {
      all.add((Element) nodes.item(i));
    }
    return all;
  }
}

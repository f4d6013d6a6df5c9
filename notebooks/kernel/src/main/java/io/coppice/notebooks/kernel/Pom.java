package io.coppice.notebooks.kernel;

import static io.coppice.framework.display.Html.escape;

import io.coppice.framework.recipe.Require;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The texts that Maven reads. */
final class Pom {
  private static final Pattern PROJECT = Pattern.compile("<project[\\s>]");
  private static final String FRAME =
      """
      <project xmlns="http://maven.apache.org/POM/4.0.0">
      <modelVersion>4.0.0</modelVersion>
      <groupId>notebook</groupId><artifactId>cell</artifactId><version>1</version>
      %s<repositories>%s</repositories>
      <dependencies>%s</dependencies>
      </project>
      """;

  private Pom() {}

  /** A place to find libraries at. */
  record Repository(String id, String url) {
    String xml() {
      return "<repository><id>%s</id><url>%s</url></repository>".formatted(escape(id), escape(url));
    }
  }

  /**
   * A library, {@code group:artifact:[type:[classifier:]]version}.
   *
   * @param type jar unless said otherwise
   * @param classifier empty for none
   */
  record Dependency(String group, String artifact, String type, String classifier, String version) {

    /** What the text names; a {@code RecipeException} says what is allowed. */
    static Dependency of(String text) {
      String[] parts = text.split(":", -1);
      Require.that(
          parts.length >= 3
              && parts.length <= 5
              && List.of(parts).stream().noneMatch(String::isBlank),
          "%maven",
          text,
          "group:artifact:version, group:artifact:type:version or"
              + " group:artifact:type:classifier:version");
      return new Dependency(
          parts[0],
          parts[1],
          parts.length > 3 ? parts[2] : "jar",
          parts.length > 4 ? parts[3] : "",
          parts[parts.length - 1]);
    }

    String xml() {
      return ("<dependency><groupId>%s</groupId><artifactId>%s</artifactId><type>%s</type>"
              + "<classifier>%s</classifier><version>%s</version></dependency>")
          .formatted(
              escape(group), escape(artifact), escape(type), escape(classifier), escape(version))
          .replace("<classifier></classifier>", "");
    }
  }

  static String of(List<Repository> repositories, List<Dependency> dependencies) {
    return FRAME.formatted(
        "",
        repositories.stream().map(Repository::xml).collect(Collectors.joining()),
        dependencies.stream().map(Dependency::xml).collect(Collectors.joining()));
  }

  /** A whole project as it is; elements of one within a project. */
  static String completed(String text) {
    if (PROJECT.matcher(text).find()) {
      return text;
    }
    StringBuilder repositories = new StringBuilder();
    StringBuilder dependencies = new StringBuilder();
    StringBuilder others = new StringBuilder();
    for (Node node = fragment(text).getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        switch (element.getTagName()) {
          case "dependency" -> dependencies.append(xml(element));
          case "repository" -> repositories.append(xml(element));
          case "dependencies" -> children(element, dependencies);
          case "repositories" -> children(element, repositories);
          case "modelVersion", "groupId", "artifactId", "version" -> {}
          default -> others.append(xml(element));
        }
      }
    }
    return FRAME.formatted(others, repositories, dependencies);
  }

  private static void children(Element parent, StringBuilder into) {
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        into.append(xml(element));
      }
    }
  }

  private static Element fragment(String text) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader("<cell>" + text + "</cell>")))
          .getDocumentElement();
    } catch (SAXException e) {
      throw new IllegalArgumentException("%%loadFromPOM: not XML: " + e.getMessage(), e);
    } catch (ParserConfigurationException | java.io.IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static String xml(Element element) {
    try {
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      StringWriter text = new StringWriter();
      transformer.transform(new DOMSource(element), new StreamResult(text));
      return text.toString();
    } catch (TransformerException e) {
      throw new IllegalStateException(e);
    }
  }
}

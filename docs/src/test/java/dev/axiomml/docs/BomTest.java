package dev.axiomml.docs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.axiomml.testing.Needs;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The BOM has no parent, so nothing but this keeps it in step with the modules. */
class BomTest {
  private static final Path ROOT = Needs.repositoryRoot();

  @Test
  void the_bom_names_every_module_that_is_a_jar_for_users() throws Exception {
    List<String> jars =
        texts(ROOT.resolve("pom.xml"), "module").stream()
            .filter(module -> module.startsWith("axiom-") && !module.equals("axiom-bom"))
            .toList();

    List<String> named = texts(ROOT.resolve("axiom-bom/pom.xml"), "artifactId");

    assertThat(jars).isNotEmpty().allSatisfy(jar -> assertThat(named).contains(jar));
    assertThat(named.stream().filter(name -> name.startsWith("axiom-")).toList())
        .containsExactlyInAnyOrderElementsOf(with(jars, "axiom-bom"));
  }

  @Test
  void the_bom_has_the_version_of_the_parent() throws Exception {
    assertThat(texts(ROOT.resolve("axiom-bom/pom.xml"), "version").get(0))
        .isEqualTo(texts(ROOT.resolve("pom.xml"), "version").get(0));
  }

  private static List<String> with(List<String> names, String more) {
    return Stream.concat(names.stream(), Stream.of(more)).toList();
  }

  private static List<String> texts(Path pom, String tag) throws Exception {
    Document document =
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(pom.toFile());
    NodeList found = document.getElementsByTagName(tag);
    return IntStream.range(0, found.getLength())
        .mapToObj(i -> ((Element) found.item(i)).getTextContent().strip())
        .toList();
  }
}

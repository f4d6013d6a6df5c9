package io.coppice.framework.display;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FactsTest {

  @Test
  void standInTwoColumnsAndFold() throws Exception {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("a", "one two three four five six");
    facts.put("longer", "<seven>");
    String text =
        """
        a       one two three four
                five six
        longer  <seven>
        """;
    assertEquals(text, new Facts(facts).toText(28));
    assertEquals(2, Pages.parsed(new Facts(facts).toHtml()).getElementsByTagName("dd").getLength());
  }
}

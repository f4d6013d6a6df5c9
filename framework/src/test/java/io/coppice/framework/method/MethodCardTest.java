package io.coppice.framework.method;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.coppice.framework.display.Pages;
import io.coppice.framework.method.gates.Gating;
import io.coppice.framework.method.gates.Switcher;
import io.coppice.framework.training.Toy;
import org.junit.jupiter.api.Test;

class MethodCardTest {

  @Test
  void tellsEveryPartOfARecipe() throws Exception {
    String text = Switcher.literal(Gating.NEURONS).toText(80);
    assertTrue(text.startsWith("switcher neurons literal\n\nmethod "), text);
    for (String part :
        new String[] {
          "gating            neurons",
          "layers            none",
          "clip              0",
          "normalise gates   no",
          "budget            none"
        }) {
      assertTrue(text.contains(part), part + " in " + text);
    }
    assertTrue(text.lines().allMatch(line -> line.length() <= 80), text);
    String page = Switcher.repaired(Gating.NEURONS, 900).toHtml();
    assertEquals(
        text.lines().filter(line -> line.matches("[a-z].*")).count() - 1,
        Pages.parsed(page).getElementsByTagName("dt").getLength());
    assertTrue(page.contains("<dt>budget</dt><dd>weights 900, strength 0.6</dd>"), page);
  }

  @Test
  void aMethodOfTheUsersOwnHasACardToo() throws Exception {
    Method own = new Toy.Erosion("worn & torn", 0.1).named("mine <b>");
    assertEquals(
        """
        mine <b>

        method  erosion
        name    worn & torn
        share   0.1\
        """,
        own.toText(80));
    Pages.parsed(own.toHtml());
    assertTrue(
        new Method() {
          @Override
          public String name() {
            return "unnamed";
          }

          @Override
          public Sparsifier bind(io.coppice.framework.network.Network n, RunContext c) {
            return new Sparsifier() {};
          }
        }.toText(80).startsWith("unnamed\n"));
  }
}

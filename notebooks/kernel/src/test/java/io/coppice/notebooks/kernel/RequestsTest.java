package io.coppice.notebooks.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Through real sockets. */
class RequestsTest {

  @Test
  void aCellWithoutCodeChangesNothing() throws Exception {
    try (FrontEnd jupyter = new FrontEnd()) {
      jupyter.request("execute_request", "{}");
      jupyter.request("execute_request", "{\"code\":null,\"silent\":false}");
      jupyter.execute("1 + 2");
      JsonObject reply = jupyter.reply();
      assertEquals("ok", reply.get("status").getAsString());
      assertEquals(1, reply.get("execution_count").getAsInt());
      jupyter.request("history_request", "{\"hist_access_type\":\"tail\",\"n\":10}");
      assertEquals("[[1,1,\"1 + 2\"]]", jupyter.reply().getAsJsonArray("history").toString());
      String refusal = "refused a message: execute_request needs a text as code";
      assertEquals(List.of(refusal, refusal), jupyter.log());
    }
  }

  @Test
  void theStackBelowASentenceIsFoldedAndATextToo() throws Exception {
    try (FrontEnd jupyter = new FrontEnd()) {
      jupyter.execute("magnitude().global().keep(1.5).oneShot()");
      JsonObject shown = jupyter.published("display_data");
      String text = shown.get("text/plain").getAsString();
      String html = shown.get("text/html").getAsString();
      assertTrue(text.contains("RecipeException: keep is 1.5") && text.contains("\tat io.c"), text);
      assertTrue(html.startsWith("<details>") && html.contains("\tat io.coppice"), html);
      assertEquals("error", jupyter.reply().get("status").getAsString());
    }
  }

  @Test
  void whileTheUserIsAskedOthersMayShow() throws Exception {
    InputStream before = System.in;
    try (FrontEnd jupyter = new FrontEnd()) {
      System.setIn(jupyter.kernel().input());
      jupyter.execute(
          """
          var asked = new CountDownLatch(1);
          new Thread(() -> {
            try {
              asked.await();
              Thread.sleep(300);
              display("meanwhile");
            } catch (InterruptedException e) {}
          }).start();
          asked.countDown();
          new Scanner(System.in).nextLine()
          """);
      jupyter.awaitQuestion();
      assertEquals("meanwhile", jupyter.published("display_data").get("text/plain").getAsString());
      jupyter.answer("Ada");
      assertEquals("Ada", jupyter.published("execute_result").get("text/plain").getAsString());
    } finally {
      System.setIn(before);
    }
  }

  @Test
  void completionHasSignaturesAndPlacesInCharacters() throws Exception {
    try (FrontEnd jupyter = new FrontEnd()) {
      jupyter.request(
          "complete_request", "{\"code\":\"var x = \\\"😀\\\"; dens\",\"cursor_pos\":17}");
      JsonObject reply = jupyter.reply();
      assertEquals("[\"dense()\"]", reply.getAsJsonArray("matches").toString());
      assertEquals(13, reply.get("cursor_start").getAsInt());
      JsonObject match =
          reply
              .getAsJsonObject("metadata")
              .getAsJsonArray("_jupyter_types_experimental")
              .get(0)
              .getAsJsonObject();
      assertTrue(match.get("signature").getAsString().contains("dense()"), match::toString);
      assertTrue(match.has("documentation"), match::toString);
    }
  }
}

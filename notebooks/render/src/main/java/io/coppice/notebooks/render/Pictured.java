package io.coppice.notebooks.render;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Picture;
import io.coppice.framework.display.Sheet;
import io.coppice.framework.display.Wrapped;
import java.util.Base64;

/** What is shown as a picture, with words for those who do not see it. */
abstract class Pictured implements Displayable {

  abstract Picture picture();

  /** The picture in words. */
  abstract String words();

  /** As the kernels put a picture into a message. */
  final String base64() {
    return Base64.getEncoder().encodeToString(picture().png());
  }

  @Override
  public final String toText(int width) {
    return String.join("\n", Wrapped.lines(words(), width));
  }

  @Override
  public final String toHtml() {
    return Sheet.fragment(picture().html(words()));
  }

  /** As its words. */
  @Override
  public final String toString() {
    return toText(Wrapped.USUAL_WIDTH);
  }
}

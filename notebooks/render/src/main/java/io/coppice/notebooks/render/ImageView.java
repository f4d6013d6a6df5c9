package io.coppice.notebooks.render;

import io.coppice.framework.display.Displayable;
import io.coppice.framework.display.Picture;
import io.coppice.framework.display.Png;
import java.awt.image.BufferedImage;

/** A picture of any source, at its own size. */
final class ImageView extends Pictured {
  private final BufferedImage image;

  private ImageView(BufferedImage image) {
    this.image = image;
  }

  static Displayable of(Object image) {
    return new ImageView((BufferedImage) image);
  }

  @Override
  Picture picture() {
    return new Picture(Png.of(image), image.getWidth(), image.getHeight());
  }

  @Override
  String words() {
    return "picture of %d × %d pixels".formatted(image.getWidth(), image.getHeight());
  }
}

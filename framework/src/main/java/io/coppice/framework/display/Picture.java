package io.coppice.framework.display;

import java.util.Base64;

/**
 * A picture within a page, its bytes included.
 *
 * @param png the bytes of a PNG file
 * @param width on the page, in CSS pixels
 * @param height on the page, in CSS pixels
 */
public record Picture(byte[] png, int width, int height) {

  /** The picture as a figure, the same on light and on dark pages. */
  public String html(String words) {
    return "<figure>" + image(words, "") + "</figure>\n";
  }

  /** A figure that is this picture on light pages and another on dark ones. */
  public String html(String words, Picture dark) {
    return "<figure>" + images(words, dark) + "</figure>\n";
  }

  /** This picture and the one for dark pages; what strips the style sheet still shows one. */
  String images(String words, Picture dark) {
    return image(words, " class=\"on-light\"")
        + dark.image(words, " class=\"on-dark\" style=\"display:none\"");
  }

  private String image(String words, String attributes) {
    return "<img width=\"%d\" height=\"%d\" alt=\"%s\"%s src=\"data:image/png;base64,%s\"/>"
        .formatted(
            width, height, Html.escape(words), attributes, Base64.getEncoder().encodeToString(png));
  }
}

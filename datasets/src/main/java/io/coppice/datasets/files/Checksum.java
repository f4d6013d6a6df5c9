package io.coppice.datasets.files;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What a file's bytes must hash to.
 *
 * @param algorithm MD5 or SHA-256
 * @param hex the digest in lower-case hexadecimal digits
 * @param unpacked whether the bytes are those after gunzip: then any packing of them is the file
 */
public record Checksum(String algorithm, String hex, boolean unpacked) {

  /** The MD5 of the file as it is. */
  public static Checksum md5(String hex) {
    return new Checksum("MD5", hex, false);
  }

  /** The MD5 of the gunzipped file. */
  public static Checksum md5Unpacked(String hex) {
    return new Checksum("MD5", hex, true);
  }

  /** The SHA-256 of the file as it is. */
  public static Checksum sha256(String hex) {
    return new Checksum("SHA-256", hex, false);
  }

  MessageDigest digest() {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public String toString() {
    return algorithm + (unpacked ? " of the unpacked bytes " : " ") + hex;
  }
}

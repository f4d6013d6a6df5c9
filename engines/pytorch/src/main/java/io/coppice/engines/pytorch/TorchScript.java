package io.coppice.engines.pytorch;

import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Compiles TorchScript source at run time, and so reaches every operator of libtorch, those that
 * DJL has no binding for included. A TorchScript archive is a zip of the source, a pickle of the
 * module's fields (here none) and a format version.
 */
final class TorchScript {
  private static final byte[] EMPTY_TUPLE = {(byte) 0x80, 2, ')', '.'};

  private TorchScript() {}

  /**
   * Loads a module without fields.
   *
   * @param name the module's class
   * @param methods its methods' source, indented by two spaces
   * @param manager memory that lives as long as the module
   */
  static PtSymbolBlock compile(String name, String methods, PtNDManager manager) {
    String source =
        "class " + name + "(Module):\n  __parameters__ = []\n  __buffers__ = []\n" + methods;
    try (ByteArrayInputStream archive = new ByteArrayInputStream(archive(name, source))) {
      return JniUtils.loadModule(manager, archive, false, false);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static byte[] archive(String name, String source) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, name + "/data.pkl", emptyObject(name));
      store(zip, name + "/code/__torch__.py", source.getBytes(StandardCharsets.UTF_8));
      store(zip, name + "/constants.pkl", EMPTY_TUPLE);
      store(zip, name + "/version", "3\n".getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** The pickle of an instance without fields: protocol 2, global, new object, empty state. */
  private static byte[] emptyObject(String name) throws IOException {
    ByteArrayOutputStream pickle = new ByteArrayOutputStream();
    pickle.write(new byte[] {(byte) 0x80, 2, 'c'});
    pickle.write(("__torch__\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    pickle.write(new byte[] {')', (byte) 0x81, '}', 'b', '.'});
    return pickle.toByteArray();
  }

  private static void store(ZipOutputStream zip, String path, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(path);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }
}

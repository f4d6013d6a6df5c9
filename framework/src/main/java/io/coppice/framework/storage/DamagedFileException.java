package io.coppice.framework.storage;

import io.coppice.framework.recipe.Explained;
import java.io.IOException;

/** A file whose content is not what was written there, or not what belongs there. */
public final class DamagedFileException extends IOException implements Explained {

  public DamagedFileException(String reason) {
    super(reason);
  }

  public DamagedFileException(String reason, Throwable cause) {
    super(reason, cause);
  }
}

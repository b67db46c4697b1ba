package dev.memoryconsole.ui.common.dialog;

import dev.memoryconsole.ui.common.text.Messages;
import java.nio.file.Path;
import java.util.Optional;

/** Asks the admin for a file or a folder. */
@FunctionalInterface
public interface FilePicker {
  /** What the file is for. */
  enum Purpose {
    OPEN_STORE,
    /** A folder: the plugin's live store. */
    OPEN_FOLDER,
    NEW_STORE,
    IMPORT,
    /** An authority's certificate. */
    OPEN_CERTIFICATE,
    EXPORT,
    EXPORT_CSV,
    EXPORT_HTML,
    EXPORT_JSON,
    EXPORT_PNG
  }

  /** The file, or empty if the admin changed their mind. User interface's thread. */
  Optional<Path> pick(Purpose purpose, String suggestedName);

  /** The same picker, asking in another language. */
  default FilePicker in(Messages words) {
    return this;
  }
}

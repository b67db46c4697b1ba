package dev.memoryconsole.ui.common.dialog;

import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.ui.common.text.Messages;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.FileChooser.ExtensionFilter;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;

/** Asks with the system's own dialog. */
public final class FileChooserPicker implements FilePicker {
  private final Window owner;
  private final Messages messages;
  private @Nullable File folder;

  /** In front of this window. */
  public FileChooserPicker(Window owner, Messages messages) {
    this.owner = owner;
    this.messages = messages;
  }

  @Override
  public FilePicker in(Messages words) {
    FileChooserPicker other = new FileChooserPicker(owner, words);
    other.folder = folder;
    return other;
  }

  @Override
  public Optional<Path> pick(Purpose purpose, String suggestedName) {
    if (purpose == Purpose.OPEN_FOLDER) {
      return pickFolder();
    }
    FileChooser chooser = new FileChooser();
    if (folder != null && folder.isDirectory()) {
      chooser.setInitialDirectory(folder);
    }
    chooser.setInitialFileName(suggestedName);
    chooser.getExtensionFilters().setAll(filters(purpose, messages));
    File file =
        switch (purpose) {
          case OPEN_FOLDER -> throw new IllegalStateException("asked for above");
          case OPEN_STORE -> open(chooser, "files.open");
          case IMPORT -> open(chooser, "files.import");
          case OPEN_CERTIFICATE -> open(chooser, "files.certificate");
          case NEW_STORE -> save(chooser, "files.new");
          case EXPORT -> save(chooser, "files.export");
          case EXPORT_CSV, EXPORT_HTML, EXPORT_JSON, EXPORT_PNG -> save(chooser, "locks.export");
        };
    if (file == null) {
      return Optional.empty();
    }
    folder = file.getParentFile();
    return Optional.of(file.toPath());
  }

  private Optional<Path> pickFolder() {
    DirectoryChooser chooser = new DirectoryChooser();
    chooser.setTitle(messages.get("files.openFolder"));
    File plugins = Workspace.home().resolve(".openclaw/memory").toFile();
    File before = folder;
    if (before != null && before.isDirectory()) {
      chooser.setInitialDirectory(before);
    } else if (plugins.isDirectory()) {
      chooser.setInitialDirectory(plugins);
    }
    File chosen = chooser.showDialog(owner);
    if (chosen == null) {
      return Optional.empty();
    }
    folder = chosen.getParentFile();
    return Optional.of(chosen.toPath());
  }

  private @Nullable File open(FileChooser chooser, String title) {
    chooser.setTitle(messages.get(title));
    return chooser.showOpenDialog(owner);
  }

  private @Nullable File save(FileChooser chooser, String title) {
    chooser.setTitle(messages.get(title));
    return chooser.showSaveDialog(owner);
  }

  /** What is offered; the first is chosen until the admin chooses another. */
  static List<ExtensionFilter> filters(Purpose purpose, Messages messages) {
    ExtensionFilter stores =
        new ExtensionFilter(messages.get("files.stores"), "*.db", "*.sqlite", "*.sqlite3");
    ExtensionFilter json = new ExtensionFilter(messages.get("files.json"), "*.json");
    ExtensionFilter any = new ExtensionFilter(messages.get("files.all"), "*.*");
    return switch (purpose) {
      case OPEN_FOLDER -> List.of();
      case OPEN_STORE -> List.of(stores, any);
      case NEW_STORE -> List.of(stores);
      case IMPORT ->
          List.of(
              new ExtensionFilter(messages.get("files.memories"), "*.json", "*.jsonl", "*.ndjson"),
              any);
      case OPEN_CERTIFICATE ->
          List.of(
              new ExtensionFilter(
                  messages.get("files.certificates"), "*.pem", "*.crt", "*.cer", "*.der"),
              any);
      case EXPORT ->
          List.of(
              json,
              new ExtensionFilter(messages.get("files.jsonl"), "*.jsonl", "*.ndjson"),
              new ExtensionFilter(messages.get("files.csv"), "*.csv"));
      case EXPORT_CSV -> List.of(new ExtensionFilter(messages.get("files.csv"), "*.csv"));
      case EXPORT_HTML -> List.of(new ExtensionFilter(messages.get("files.html"), "*.html"));
      case EXPORT_JSON -> List.of(json);
      case EXPORT_PNG -> List.of(new ExtensionFilter(messages.get("files.png"), "*.png"));
    };
  }
}

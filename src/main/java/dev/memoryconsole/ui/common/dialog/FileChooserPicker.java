package dev.memoryconsole.ui.common.dialog;

import dev.memoryconsole.ui.common.text.Messages;
import java.io.File;
import java.nio.file.Path;
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
    ExtensionFilter stores =
        new ExtensionFilter(messages.get("files.stores"), "*.db", "*.sqlite", "*.sqlite3");
    ExtensionFilter json = new ExtensionFilter(messages.get("files.json"), "*.json");
    ExtensionFilter lines = new ExtensionFilter(messages.get("files.jsonl"), "*.jsonl", "*.ndjson");
    ExtensionFilter any = new ExtensionFilter(messages.get("files.all"), "*.*");
    File file =
        switch (purpose) {
          case OPEN_FOLDER -> throw new IllegalStateException("asked for above");
          case OPEN_STORE -> {
            chooser.setTitle(messages.get("files.open"));
            chooser.getExtensionFilters().setAll(stores, any);
            yield chooser.showOpenDialog(owner);
          }
          case NEW_STORE -> {
            chooser.setTitle(messages.get("files.new"));
            chooser.getExtensionFilters().setAll(stores);
            yield chooser.showSaveDialog(owner);
          }
          case IMPORT -> {
            chooser.setTitle(messages.get("files.import"));
            chooser.getExtensionFilters().setAll(json, lines, any);
            yield chooser.showOpenDialog(owner);
          }
          case OPEN_CERTIFICATE -> {
            chooser.setTitle(messages.get("files.certificate"));
            chooser
                .getExtensionFilters()
                .setAll(
                    new ExtensionFilter(
                        messages.get("files.certificates"), "*.pem", "*.crt", "*.cer", "*.der"),
                    any);
            yield chooser.showOpenDialog(owner);
          }
          case EXPORT -> {
            chooser.setTitle(messages.get("files.export"));
            chooser
                .getExtensionFilters()
                .setAll(json, lines, new ExtensionFilter(messages.get("files.csv"), "*.csv"));
            yield chooser.showSaveDialog(owner);
          }
          case EXPORT_CSV -> save(chooser, new ExtensionFilter(messages.get("files.csv"), "*.csv"));
          case EXPORT_JSON -> save(chooser, json);
          case EXPORT_PNG -> save(chooser, new ExtensionFilter(messages.get("files.png"), "*.png"));
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
    File plugins = new File(System.getProperty("user.home", ""), ".openclaw/memory");
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

  private @Nullable File save(FileChooser chooser, ExtensionFilter filter) {
    chooser.setTitle(messages.get("locks.export"));
    chooser.getExtensionFilters().setAll(filter);
    return chooser.showSaveDialog(owner);
  }
}

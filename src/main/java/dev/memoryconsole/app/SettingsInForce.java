package dev.memoryconsole.app;

import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.ui.services.SettingsNotSavedException;
import java.io.IOException;
import java.util.function.UnaryOperator;

/**
 * The settings that hold in the window. They are kept in memory, so that they are what the admin
 * was shown last, and are asked anew for each run. Thread-safe.
 */
final class SettingsInForce {
  private final SettingsFile file;
  private volatile Settings now;

  /** Reads the settings. */
  SettingsInForce(SettingsFile file) {
    this.file = file;
    this.now = file.load();
  }

  /** Quick: touches nothing. */
  Settings now() {
    return now;
  }

  /** Reads them anew; what they say is in force from now on. */
  Settings reload() {
    Settings read = file.load();
    now = read;
    return read;
  }

  /**
   * Changes and saves them and puts them in force.
   *
   * @throws SettingsNotSavedException if they can't be saved; what was in force stays so
   */
  void change(UnaryOperator<Settings> change) {
    try {
      now = file.change(change);
    } catch (IOException e) {
      throw new SettingsNotSavedException(AppCode.SETTINGS_NOT_SAVED.with(), e);
    }
  }
}

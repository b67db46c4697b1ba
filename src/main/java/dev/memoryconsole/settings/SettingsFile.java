package dev.memoryconsole.settings;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The settings' file: written to a temporary file, flushed and moved into place, so that a kill
 * leaves the old or the new one. Thread-safe within a process.
 */
public final class SettingsFile {
  private static final Logger LOG = LoggerFactory.getLogger(SettingsFile.class);
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          // One word that is not known must not cost all the other settings.
          .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
          .enable(DeserializationFeature.READ_UNKNOWN_ENUM_VALUES_AS_NULL)
          .build();

  private final Path file;

  /** Reads and writes the file at this path, which need not exist. */
  public SettingsFile(Path file) {
    this.file = file;
  }

  /** The settings; the default ones if there are none or they can't be read. */
  public synchronized Settings load() {
    if (!Files.exists(file)) {
      return Settings.DEFAULT;
    }
    try {
      Settings settings = MAPPER.readValue(file.toFile(), Settings.class);
      return settings == null ? Settings.DEFAULT : settings;
    } catch (IOException e) {
      LOG.warn("The settings {} can't be read; the default ones are used", file, e);
      return Settings.DEFAULT;
    }
  }

  /**
   * Changes the settings and saves them.
   *
   * @return the settings as they are now
   * @throws IOException if they can't be saved; they are as they were
   */
  public synchronized Settings change(UnaryOperator<Settings> change) throws IOException {
    Settings changed = change.apply(load());
    save(changed);
    return changed;
  }

  /** Changes the settings and saves them. A failure to save is logged: nothing depends on it. */
  public synchronized void update(UnaryOperator<Settings> change) {
    try {
      change(change);
    } catch (IOException e) {
      LOG.warn("The settings {} can't be saved", file, e);
    }
  }

  private void save(Settings settings) throws IOException {
    Path directory = file.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path temporary = Files.createTempFile(directory, "settings", ".tmp");
    try {
      Files.write(temporary, MAPPER.writeValueAsBytes(settings));
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        channel.force(true);
      }
      Files.move(
          temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}

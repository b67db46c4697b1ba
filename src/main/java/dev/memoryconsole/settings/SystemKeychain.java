package dev.memoryconsole.settings;

import dev.memoryconsole.settings.KeySource.KeyNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the system's keychain through the system's own program: {@code secret-tool} on Linux,
 * {@code security} on macOS. Windows has no such program. The key comes over a pipe; it is never an
 * argument. Thread-safe.
 */
public final class SystemKeychain {
  private static final Logger LOG = LoggerFactory.getLogger(SystemKeychain.class);

  /** The service under which entries are kept. */
  public static final String SERVICE = "memory-console";

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int LONGEST_KEY = 4_096;

  private final List<String> command;
  private final String howToAdd;

  /**
   * Asks this program.
   *
   * @param command the program and its arguments; the entry's name comes last
   * @param howToAdd what the admin types to add an entry; its name comes last
   */
  SystemKeychain(List<String> command, String howToAdd) {
    this.command = List.copyOf(command);
    this.howToAdd = howToAdd;
  }

  /** The one of the system this runs on. */
  public static SystemKeychain ofThisSystem() {
    return of(System.getProperty("os.name", ""));
  }

  static SystemKeychain of(String os) {
    String system = os.toLowerCase(Locale.ROOT);
    if (system.contains("mac")) {
      return new SystemKeychain(
          List.of("/usr/bin/security", "find-generic-password", "-w", "-s", SERVICE, "-a"),
          "security add-generic-password -w -s " + SERVICE + " -a");
    }
    if (system.contains("win")) {
      return new SystemKeychain(List.of(), "");
    }
    return new SystemKeychain(
        List.of("secret-tool", "lookup", "service", SERVICE, "entry"),
        "secret-tool store --label=" + SERVICE + " service " + SERVICE + " entry");
  }

  /** Whether there is a program to ask on this system. */
  public boolean isSupported() {
    return !command.isEmpty();
  }

  /** What the admin types in a terminal to add an entry; empty where there is no program. */
  public String howToAdd(String entry) {
    return howToAdd.isEmpty() ? "" : howToAdd + " '" + entry + "'";
  }

  /**
   * Reads an entry; the system may ask the user to unlock the keychain meanwhile.
   *
   * @throws KeyNotFoundException if there is no such entry, or no keychain
   * @throws InterruptedException if interrupted meanwhile; the program is ended
   */
  Secret read(String entry) throws KeyNotFoundException, InterruptedException {
    if (!isSupported()) {
      throw new KeyNotFoundException(SettingsCode.KEYCHAIN_UNSUPPORTED.with());
    }
    List<String> line = new ArrayList<>(command);
    line.add(entry);
    Process program;
    try {
      program =
          new ProcessBuilder(line)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .redirectInput(ProcessBuilder.Redirect.PIPE)
              .start();
    } catch (IOException e) {
      LOG.info("{} can't be started", command.getFirst(), e);
      throw new KeyNotFoundException(SettingsCode.NO_PROGRAM.with(command.getFirst()));
    }
    try {
      program.getOutputStream().close();
      if (!program.waitFor(PATIENCE)) {
        throw new KeyNotFoundException(SettingsCode.KEYCHAIN_SILENT.with(PATIENCE));
      }
      String key = output(program);
      if (program.exitValue() != 0 || key.isBlank()) {
        throw new KeyNotFoundException(SettingsCode.NO_ENTRY.with(entry, howToAdd(entry)));
      }
      return new Secret(key);
    } catch (IOException e) {
      LOG.info("{} can't be read", command.getFirst(), e);
      throw new KeyNotFoundException(SettingsCode.KEYCHAIN_UNREADABLE.with());
    } finally {
      program.destroyForcibly();
    }
  }

  private static String output(Process program) throws IOException {
    try (InputStream out = program.getInputStream()) {
      return new String(out.readNBytes(LONGEST_KEY), StandardCharsets.UTF_8);
    }
  }
}

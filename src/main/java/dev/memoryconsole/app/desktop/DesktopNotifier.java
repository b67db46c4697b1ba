package dev.memoryconsole.app.desktop;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has the desktop show a notification through the program it has for that: {@code notify-send} of a
 * freedesktop desktop, {@code osascript} on macOS. Windows has none that would not need a program
 * of our own registered there, so nothing happens; the window's title says the same. JavaFX knows
 * no notifications, and AWT's tray would start a second toolkit beside it. Stateless.
 */
public final class DesktopNotifier {
  private static final Logger LOG = LoggerFactory.getLogger(DesktopNotifier.class);
  private static final int PATIENCE_SECONDS = 5;

  private DesktopNotifier() {}

  /** Shows it, or does nothing where that can't be done. Waits a few seconds at most. */
  public static void show(String title, String text) {
    command(System.getProperty("os.name", ""), title, text).ifPresent(DesktopNotifier::run);
  }

  /** The program that shows it and what it is given; empty if this system has none. */
  static Optional<List<String>> command(String system, String title, String text) {
    String os = system.toLowerCase(Locale.ROOT);
    if (os.contains("linux") || os.contains("bsd")) {
      // The text may be read as markup; words that begin with a dash must be no options.
      return Optional.of(List.of("notify-send", "--", plain(title), escaped(text)));
    }
    if (os.contains("mac")) {
      // As arguments, not as a part of the script: what a store is called is no program.
      return Optional.of(
          List.of(
              "osascript",
              "-e",
              "on run argv",
              "-e",
              "display notification (item 2 of argv) with title (item 1 of argv)",
              "-e",
              "end run",
              plain(title),
              plain(text)));
    }
    return Optional.empty();
  }

  private static String plain(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }

  private static String escaped(String text) {
    return plain(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (IOException e) {
      LOG.info("This desktop shows no notifications: {}", e.getMessage());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

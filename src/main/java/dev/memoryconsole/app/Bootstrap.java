package dev.memoryconsole.app;

import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.settings.PrivateFolder;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.lance.NativeFolder;
import dev.memoryconsole.ui.ConsoleApplication;
import dev.memoryconsole.ui.UiContext;
import dev.memoryconsole.ui.common.Theme;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts the app: decides between window and command line, and owns what must be shut down. */
public final class Bootstrap {
  private static final String WORKSPACE = "--workspace";
  private static final String LOGS = "memoryconsole.logs";

  // Kept here, because loggers that nobody holds are forgotten with their level.
  private static final java.util.logging.Logger JAVAFX =
      java.util.logging.Logger.getLogger("javafx");

  private Bootstrap() {}

  /** Runs the app and answers its exit code. */
  public static int run(String... arguments) {
    PrintStream err = System.err;
    Workspace workspace;
    try {
      workspace = workspace(List.of(arguments));
    } catch (InvalidPathException e) {
      err.println("memory-console: The path after --workspace is no path; nothing was done.");
      return MemoryConsole.REFUSED;
    }
    try {
      PrivateFolder.create(workspace.directory());
    } catch (IOException e) {
      err.println(
          "memory-console: The workspace "
              + workspace.directory()
              + " can't be made; nothing was done, check its permissions or name another with"
              + " --workspace.");
      return MemoryConsole.REFUSED;
    }
    // Before the first logger: the log belongs to the workspace.
    System.setProperty(LOGS, workspace.logs().toString());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(Bootstrap.class)
                .error("Unexpected in thread {}", thread.getName(), failure));
    NativeFolder.sweep(Stores.natives());
    if (isForWindow(arguments)) {
      return window(workspace, err);
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
    return MemoryConsole.run(assembly(), out, errors, arguments);
  }

  private static Assembly assembly() {
    return new Assembly(new SimpleEnricher(), Clock.systemUTC());
  }

  /** The window opens without a command: with nothing at all, or with a workspace alone. */
  private static boolean isForWindow(String[] arguments) {
    return arguments.length == 0
        || (arguments.length == 2 && arguments[0].equals(WORKSPACE))
        || (arguments.length == 1 && arguments[0].startsWith(WORKSPACE + "="));
  }

  private static Workspace workspace(List<String> arguments) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(WORKSPACE + "=")) {
        return new Workspace(Path.of(argument.substring(WORKSPACE.length() + 1)));
      }
      if (argument.equals(WORKSPACE) && i + 1 < arguments.size()) {
        return new Workspace(Path.of(arguments.get(i + 1)));
      }
    }
    return Workspace.standard();
  }

  private static int window(Workspace workspace, PrintStream err) {
    if (!hasDisplay(System.getProperty("os.name", ""), System.getenv())) {
      return noDisplay(err, null);
    }
    // JavaFX complains about the class path in one line; the class path is deliberate (build.md).
    JAVAFX.setLevel(Level.SEVERE);
    SettingsFile settings = new SettingsFile(workspace.settings());
    Clock clock = Clock.system(ZoneId.systemDefault());
    try (ExecutorService background =
        Executors.newCachedThreadPool(
            Thread.ofPlatform().daemon().name("background-", 0).factory())) {
      WindowServices services = new WindowServices(assembly(), workspace, settings, clock);
      ConsoleApplication.show(
          new UiContext(
              services,
              background,
              clock,
              Locale.getDefault(),
              Theme.valueOf(settings.load().themeOrDefault().name()),
              theme -> settings.update(now -> now.withTheme(Settings.Theme.valueOf(theme.name()))),
              services.models()::options,
              null,
              () -> {}));
      return MemoryConsole.DONE;
    } catch (UnsupportedOperationException | UnsatisfiedLinkError | NoClassDefFoundError e) {
      return noDisplay(err, e);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Bootstrap.class).error("The window ended unexpectedly", e);
      if (String.valueOf(e.getCause()).contains("display")
          || e.getCause() instanceof UnsupportedOperationException) {
        return noDisplay(err, e);
      }
      err.println(
          "memory-console: The window ended unexpectedly; the stores are safe, the log is in "
              + workspace.logs()
              + ".");
      return MemoryConsole.REFUSED;
    }
  }

  /** Linux draws on X11 or Wayland; the other systems always have a display. */
  static boolean hasDisplay(String os, Map<String, String> environment) {
    return !os.toLowerCase(Locale.ROOT).contains("linux")
        || !environment.getOrDefault("DISPLAY", "").isEmpty()
        || !environment.getOrDefault("WAYLAND_DISPLAY", "").isEmpty();
  }

  private static int noDisplay(PrintStream err, @Nullable Throwable cause) {
    if (cause != null) {
      LoggerFactory.getLogger(Bootstrap.class).error("There is no display", cause);
    }
    err.println(
        "memory-console: There is no display to open a window on; use the command line instead,"
            + " for example: target/memory-console/bin/memory-console stats STORE");
    return MemoryConsole.REFUSED;
  }
}

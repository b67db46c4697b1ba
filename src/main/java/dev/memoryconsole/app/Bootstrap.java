package dev.memoryconsole.app;

import dev.memoryconsole.app.desktop.SingleWindow;
import dev.memoryconsole.app.desktop.SystemLanguage;
import dev.memoryconsole.app.process.HttpDefaults;
import dev.memoryconsole.app.process.LastDeadline;
import dev.memoryconsole.app.process.LogConfigurator;
import dev.memoryconsole.cli.AllCommands;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.metrics.MetricsException;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.settings.PrivateFolder;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsCode;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.lance.library.NativeFolder;
import dev.memoryconsole.ui.ConsoleApplication;
import dev.memoryconsole.ui.UiContext;
import dev.memoryconsole.ui.common.task.Background;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.logging.Level;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Starts the app: decides between window and command line, and owns what must be shut down. */
public final class Bootstrap {
  private static final String WORKSPACE = "--workspace";
  private static final String METRICS_PORT = "--metrics-port";
  private static final String PLUGIN_LOCK = "--plugin-lock";

  // Kept here, because loggers that nobody holds are forgotten with their level.
  private static final java.util.logging.Logger JAVAFX =
      java.util.logging.Logger.getLogger("javafx");

  private Bootstrap() {}

  /** Runs the app and answers its exit code. */
  public static int run(String... arguments) {
    LastDeadline.set();
    return carryOut(arguments);
  }

  /** Runs the app with as much time as it likes to end. */
  static int carryOut(String... arguments) {
    PrintStream err = System.err;
    HttpDefaults.set();
    Workspace workspace;
    try {
      workspace = workspace(List.of(arguments));
    } catch (InvalidPathException e) {
      say(err, AppCode.BAD_WORKSPACE.with());
      return ExitCode.REFUSED;
    }
    try {
      PrivateFolder.create(workspace.directory());
    } catch (IOException e) {
      say(err, AppCode.WORKSPACE_NOT_MADE.with(workspace.directory()));
      return ExitCode.REFUSED;
    }
    // Before the first logger: the log belongs to the workspace.
    LogConfigurator.begin(workspace.logs());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(Bootstrap.class)
                .error("Unexpected in thread {}", thread.getName(), failure));
    NativeFolder.sweep(LanceKind.natives());
    if (isForWindow(arguments)) {
      String port = option(List.of(arguments), METRICS_PORT);
      if (port != null && !Monitoring.isPortOrOff(port)) {
        say(err, SettingsCode.NO_PORT.with());
        return ExitCode.REFUSED;
      }
      String lock = option(List.of(arguments), PLUGIN_LOCK);
      if (lock != null && pluginLock(lock) == null) {
        say(err, AppCode.BAD_PLUGIN_LOCK.with());
        return ExitCode.REFUSED;
      }
      if (SingleWindow.handOver(workspace.directory(), null)) {
        return ExitCode.DONE;
      }
      return windowIfDisplay(workspace, new Begin(null, port, pluginLock(lock)), err);
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
    return MemoryConsole.run(
        assembly(),
        (store, folder, lock, port) ->
            SingleWindow.handOver(workspace.directory(), store)
                ? ExitCode.DONE
                : windowIfDisplay(workspace, new Begin(store, port, lock), err),
        out,
        errors,
        named(arguments));
  }

  /** A path where a command is expected means: open the window on it. */
  private static String[] named(String[] arguments) {
    int first = windowOptions(arguments);
    String word = arguments[first];
    if (word.startsWith("-") || AllCommands.isName(word) || !isPlace(word)) {
      return arguments;
    }
    List<String> changed = new ArrayList<>(List.of(arguments));
    changed.addFirst("open");
    return changed.toArray(String[]::new);
  }

  /** What looks like no path may be a command that is misspelt, and is told so. */
  private static boolean isPlace(String word) {
    return word.contains("/") || word.contains(File.separator) || new File(word).exists();
  }

  private static void say(PrintStream err, Message message) {
    err.println("memory-console: " + Wording.ENGLISH.of(message));
  }

  static Assembly assembly() {
    return new Assembly(new SimpleEnricher(), Clock.systemUTC());
  }

  private static @Nullable PluginLock pluginLock(@Nullable String name) {
    return Arrays.stream(PluginLock.values())
        .filter(lock -> lock.name().equalsIgnoreCase(name))
        .findFirst()
        .orElse(null);
  }

  /** The window opens without a command: with nothing at all, or with its own options alone. */
  private static boolean isForWindow(String[] arguments) {
    return windowOptions(arguments) == arguments.length;
  }

  /** How many of the arguments are the window's own options, which come first. */
  private static int windowOptions(String[] arguments) {
    int i = 0;
    while (i < arguments.length && isWindowOption(arguments[i])) {
      i += arguments[i].contains("=") ? 1 : 2;
    }
    return Math.min(i, arguments.length);
  }

  private static boolean isWindowOption(String argument) {
    String name = argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
    return List.of(WORKSPACE, METRICS_PORT, PLUGIN_LOCK).contains(name);
  }

  private static Workspace workspace(List<String> arguments) {
    String named = option(arguments, WORKSPACE);
    return named == null ? Workspace.standard() : new Workspace(Path.of(named));
  }

  private static @Nullable String option(List<String> arguments, String name) {
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      if (argument.startsWith(name + "=")) {
        return argument.substring(name.length() + 1);
      }
      if (argument.equals(name) && i + 1 < arguments.size()) {
        return arguments.get(i + 1);
      }
    }
    return null;
  }

  /** Serves figures where asked for; goes on without if that fails, for the window matters more. */
  private static ServedMetrics metrics(
      @Nullable String asked, Monitoring monitoring, PrintStream err) {
    ServedMetrics metrics = new ServedMetrics();
    try {
      if (asked != null) {
        return ServedMetrics.at(Monitoring.portOf(asked));
      }
      metrics.move(monitoring.port());
    } catch (MetricsException e) {
      LoggerFactory.getLogger(Bootstrap.class).error("No figures are served", e);
      say(err, e.message());
    }
    return metrics;
  }

  /**
   * What a window begins with.
   *
   * @param store null for the one that was opened last, if that is wanted
   * @param metricsPort null for the settings'
   * @param lock null for what the configuration says
   */
  private record Begin(
      @Nullable StoreLocation store, @Nullable String metricsPort, @Nullable PluginLock lock) {
    @Nullable StoreLocation storeOrLast(Settings settings) {
      if (store != null || !settings.appearance().reopens()) {
        return store;
      }
      return settings.recentOrDefault().stream()
          .findFirst()
          .flatMap(StoreLocation::parse)
          .filter(last -> !(last instanceof StoreLocation.OnDisk disk) || isThere(disk))
          .orElse(null);
    }

    private static boolean isThere(StoreLocation.OnDisk place) {
      return Files.exists(place.path());
    }
  }

  private static int windowIfDisplay(Workspace workspace, Begin begin, PrintStream err) {
    return hasDisplay(System.getProperty("os.name", ""), System.getenv())
        ? window(workspace, begin, err, () -> {})
        : noDisplay(err, null);
  }

  /** Opens the window on a store without asking for a display, and does this once it is shown. */
  static int window(Workspace workspace, StoreLocation store, Runnable shown) {
    return window(workspace, new Begin(store, null, null), System.err, shown);
  }

  private static int window(Workspace workspace, Begin begin, PrintStream err, Runnable shown) {
    // JavaFX complains about the class path in one line; the class path is deliberate (build.md).
    JAVAFX.setLevel(Level.SEVERE);
    SettingsFile settings = new SettingsFile(workspace.settings());
    Clock clock = Clock.system(ZoneId.systemDefault());
    Assembly assembly = assembly().lockingBy(begin.lock() == null ? PluginLock.AUTO : begin.lock());
    Settings now = settings.load();
    try (SingleWindow single = SingleWindow.claim(workspace.directory()).orElse(null);
        ServedMetrics metrics = metrics(begin.metricsPort(), now.monitoringOrDefault(), err);
        Background background = new Background()) {
      WindowServices services = new WindowServices(assembly, workspace, settings, clock, metrics);
      ConsoleApplication.show(
          new UiContext(
              services,
              background,
              clock,
              SystemLanguage.of(
                  Locale.getDefault(Locale.Category.DISPLAY),
                  System.getProperty("os.name", ""),
                  System.getenv()),
              Locale.getDefault(Locale.Category.FORMAT),
              now.appearance(),
              chosen -> settings.update(before -> before.withAppearance(chosen)),
              now.windowPlace(),
              place -> settings.update(before -> before.withWindow(place)),
              services.models()::options,
              begin.storeOrLast(now),
              requests -> {
                if (single != null) {
                  single.follow(requests);
                }
                shown.run();
              },
              () -> {}));
      return ExitCode.DONE;
    } catch (UnsupportedOperationException | UnsatisfiedLinkError | NoClassDefFoundError e) {
      return noDisplay(err, e);
    } catch (RuntimeException e) {
      LoggerFactory.getLogger(Bootstrap.class).error("The window ended unexpectedly", e);
      if (String.valueOf(e.getCause()).contains("display")
          || e.getCause() instanceof UnsupportedOperationException) {
        return noDisplay(err, e);
      }
      say(err, AppCode.WINDOW_ENDED.with(workspace.logs()));
      return ExitCode.REFUSED;
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
    say(err, AppCode.NO_DISPLAY.with());
    return ExitCode.REFUSED;
  }
}

package dev.memoryconsole.app;

import dev.memoryconsole.app.desktop.SystemLanguage;
import dev.memoryconsole.cli.MemoryConsole;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.metrics.MetricsException;
import dev.memoryconsole.settings.Monitoring;
import dev.memoryconsole.settings.PrivateFolder;
import dev.memoryconsole.settings.SettingsCode;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.openclaw.PluginLock;
import dev.memoryconsole.store.lance.library.NativeFolder;
import dev.memoryconsole.ui.ConsoleApplication;
import dev.memoryconsole.ui.UiContext;
import dev.memoryconsole.ui.common.task.Background;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
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
  private static final String LOGS = "memoryconsole.logs";

  // Kept here, because loggers that nobody holds are forgotten with their level.
  private static final java.util.logging.Logger JAVAFX =
      java.util.logging.Logger.getLogger("javafx");

  private Bootstrap() {}

  /** Runs the app and answers its exit code. */
  public static int run(String... arguments) {
    PrintStream err = System.err;
    LastDeadline.set();
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
    System.setProperty(LOGS, workspace.logs().toString());
    Thread.setDefaultUncaughtExceptionHandler(
        (thread, failure) ->
            LoggerFactory.getLogger(Bootstrap.class)
                .error("Unexpected in thread {}", thread.getName(), failure));
    NativeFolder.sweep(LanceKind.natives());
    if (isForWindow(arguments)) {
      String port = option(List.of(arguments), METRICS_PORT);
      if (port != null
          && !port.equalsIgnoreCase(Monitoring.OFF)
          && Monitoring.portOf(port) == null) {
        say(err, SettingsCode.NO_PORT.with());
        return ExitCode.REFUSED;
      }
      String lock = option(List.of(arguments), PLUGIN_LOCK);
      if (lock != null && pluginLock(lock) == null) {
        say(err, AppCode.BAD_PLUGIN_LOCK.with());
        return ExitCode.REFUSED;
      }
      return window(workspace, port, pluginLock(lock), err);
    }
    PrintWriter out = new PrintWriter(System.out, true, StandardCharsets.UTF_8);
    PrintWriter errors = new PrintWriter(err, true, StandardCharsets.UTF_8);
    return MemoryConsole.run(assembly(), out, errors, arguments);
  }

  private static void say(PrintStream err, Message message) {
    err.println("memory-console: " + Wording.ENGLISH.of(message));
  }

  private static Assembly assembly() {
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
    int i = 0;
    while (i < arguments.length && isWindowOption(arguments[i])) {
      i += arguments[i].contains("=") ? 1 : 2;
    }
    return i == arguments.length;
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

  private static int window(
      Workspace workspace,
      @Nullable String metricsPort,
      @Nullable PluginLock lock,
      PrintStream err) {
    if (!hasDisplay(System.getProperty("os.name", ""), System.getenv())) {
      return noDisplay(err, null);
    }
    // JavaFX complains about the class path in one line; the class path is deliberate (build.md).
    JAVAFX.setLevel(Level.SEVERE);
    SettingsFile settings = new SettingsFile(workspace.settings());
    Clock clock = Clock.system(ZoneId.systemDefault());
    Assembly assembly = assembly().lockingBy(lock == null ? PluginLock.AUTO : lock);
    try (ServedMetrics metrics = metrics(metricsPort, settings.load().monitoringOrDefault(), err);
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
              settings.load().appearance(),
              chosen -> settings.update(now -> now.withAppearance(chosen)),
              settings.load().windowPlace(),
              place -> settings.update(now -> now.withWindow(place)),
              services.models()::options,
              null,
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

package dev.memoryconsole.app.diagnostics;

import dev.memoryconsole.about.Build;
import dev.memoryconsole.files.LogTail;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.store.StoreStats;
import dev.memoryconsole.upgrade.Upgrades;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a report of a fault needs, in English, without what is nobody else's business: no key, no
 * password, no memory, no name of a person. Immutable.
 */
public final class Diagnostics {
  private static final int LOG_LINES = 120;
  // The server's password, the proxy's, the key of another model.
  private static final Pattern SECRET =
      Pattern.compile("(?i)(key|token|secret|password|passwd|credentials?)$");

  private final Workspace workspace;
  private final Map<String, String> environment;

  /**
   * @param workspace whose log is read
   * @param environment the variables of this process; one may hold the key
   */
  public Diagnostics(Workspace workspace, Map<String, String> environment) {
    this.workspace = workspace;
    this.environment = environment;
  }

  /**
   * The whole report. Reads the store and the log.
   *
   * @param open the open store; null if there is none
   */
  public String report(Settings settings, @Nullable Upgrades open) {
    List<String> lines = new ArrayList<>();
    lines.add("# " + Build.current().line());
    lines.add("Java: " + property("java.vendor") + " " + property("java.version"));
    lines.add("JavaFX: " + property("javafx.runtime.version"));
    lines.add(
        String.join(
            " ", "System:", property("os.name"), property("os.version"), property("os.arch")));
    lines.add("Language: " + Locale.getDefault().toLanguageTag());
    lines.add("Memory, MB: " + Runtime.getRuntime().maxMemory() / (1 << 20));
    lines.add("Processors: " + Runtime.getRuntime().availableProcessors());
    lines.add("");
    lines.add("## Store");
    addStore(lines, open);
    lines.add("");
    lines.add("## Settings");
    addSettings(lines, settings);
    lines.add("");
    lines.add("## Log");
    lines.addAll(LogTail.of(workspace.logs(), LOG_LINES));
    return scrubber(settings).scrub(String.join("\n", lines)) + "\n";
  }

  private Scrubber scrubber(Settings settings) {
    String modelKey =
        Optional.ofNullable(settings.model()).map(model -> model.key().environment()).orElse("");
    List<String> secrets =
        environment.entrySet().stream()
            .filter(
                variable ->
                    variable.getKey().equals(modelKey) || SECRET.matcher(variable.getKey()).find())
            .map(Map.Entry::getValue)
            .toList();
    return new Scrubber(secrets, List.of(Workspace.home().toString(), property("user.home")));
  }

  private static void addStore(List<String> lines, @Nullable Upgrades open) {
    if (open == null) {
      lines.add("Kind: none");
      return;
    }
    StoreStats stats = open.store().stats();
    lines.add("Kind: " + open.store().kind());
    if (open.store().location() instanceof StoreLocation.OnDisk(Path path)) {
      lines.add("Bytes: " + bytes(path));
    }
    lines.add("Memories: " + stats.total());
    lines.add("Legacy: " + stats.legacy());
    lines.add("Upgraded: " + stats.upgraded());
    lines.add("Fallback: " + stats.fallback());
    open.store().doubt().ifPresent(doubt -> lines.add("Doubt: " + Wording.ENGLISH.of(doubt)));
  }

  private static String bytes(Path path) {
    try {
      return Files.isRegularFile(path) ? Long.toString(Files.size(path)) : "folder";
    } catch (IOException e) {
      return "unknown";
    }
  }

  /** Field by field, so that a new setting is told only once somebody has thought about it. */
  private static void addSettings(List<String> lines, Settings settings) {
    lines.add("Appearance: " + settings.appearance());
    lines.add("Recent: " + settings.recentOrDefault().size());
    lines.add(
        "Snapshots: " + settings.snapshotsOrDefault() + ", " + settings.snapshotsKeptOrDefault());
    lines.add("Locking: " + settings.lockingOrDefault());
    lines.add("Monitoring: " + settings.monitoringOrDefault());
    lines.add("Failures: " + settings.onFailureOrDefault());
    ModelSettings model = settings.model();
    if (model == null) {
      lines.add("Model: none");
      return;
    }
    lines.add("Model: " + model.model() + ", " + model.preset() + (used(settings) ? "" : ", off"));
    lines.add("Endpoint: " + host(model));
    lines.add("Key: " + place(model));
    lines.add("Limits: " + model.limits());
    lines.add("Redacts: " + model.redact());
    model.problem().ifPresent(problem -> lines.add("Problem: " + Wording.ENGLISH.of(problem)));
  }

  private static boolean used(Settings settings) {
    return settings.configuredModel().isPresent();
  }

  private static String host(ModelSettings model) {
    try {
      return Endpoint.of(model.baseUrl()).host();
    } catch (IllegalArgumentException e) {
      return "invalid";
    }
  }

  private static String place(ModelSettings model) {
    return model.key().environment() != null
        ? "variable"
        : model.key().keychain() != null ? "keychain" : "none";
  }

  private static String property(String name) {
    return System.getProperty(name, "unknown");
  }
}

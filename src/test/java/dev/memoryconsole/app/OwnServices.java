package dev.memoryconsole.app;

import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import java.nio.file.Path;
import java.time.Clock;

/** What the window is given by the application, for a test of it. */
public final class OwnServices {
  private OwnServices() {}

  /** The application's own, without a model, over a workspace in this folder. */
  public static WindowServices in(Path folder, Clock clock) {
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    return new WindowServices(
        new Assembly(new SimpleEnricher(), clock),
        workspace,
        new SettingsFile(workspace.settings()),
        clock,
        new ServedMetrics(),
        folder.resolve("openclaw.json"));
  }
}

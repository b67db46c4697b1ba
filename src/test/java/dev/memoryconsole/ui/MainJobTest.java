package dev.memoryconsole.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.app.ServedMetrics;
import dev.memoryconsole.app.WindowServices;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import javafx.scene.control.MenuButton;
import javafx.scene.control.TabPane;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.Test;

/** The whole main job in the window, on the plugin's real export and the app's own services. */
class MainJobTest extends WindowTest {
  private static final String FAILING = "mem-md-4b79d0:97";
  private static final String REASON = "The model did not answer within 30 s.";

  @Test
  void theRealExportIsImportedUpgradedInspectedAndRetried() throws Exception {
    services.enricher.fail(FAILING, REASON);
    showRealServices();
    picked = folder.resolve("agent.db");
    press("#create");
    until(() -> on("#upgradeAll"));
    picked = realExport();
    importFile();
    until(() -> on("#yes"));
    press("#yes");
    until(() -> says("320 memories  ·  240 legacy  ·  0 fallback"));

    press("#upgradeAll");
    until(() -> says("Upgrade 240 memories?"));
    press("#yes");
    until(() -> says("Run 1 done"));
    until(() -> says("320 memories  ·  0 legacy  ·  1 fallback"));

    run(() -> node("#fallbackChip", ToggleButton.class).fire());
    until(() -> rows() == 1);
    click(0, false, false);
    run(() -> node("#tabs", TabPane.class).getSelectionModel().select(2));
    until(() -> says("upgrade_error"));
    assertThat(says("preferences")).isTrue();

    services.enricher.succeed(FAILING);
    press("#retry");
    until(() -> says("Run 2 done"));
    until(() -> says("320 memories  ·  0 legacy  ·  0 fallback"));
  }

  @Test
  void theBundledDemoIsOneButtonAway() throws Exception {
    showRealServices();
    press("#demo");
    until(() -> says("363 memories  ·  242 legacy  ·  12 fallback"));
    assertThat(folder.resolve("workspace/demo.db")).exists();
  }

  private void showRealServices() {
    Workspace workspace = new Workspace(folder.resolve("workspace"));
    SettingsFile settings = new SettingsFile(workspace.settings());
    UiContext context =
        new UiContext(
            new WindowServices(
                new Assembly(services.enricher, CLOCK),
                workspace,
                settings,
                CLOCK,
                new ServedMetrics()),
            background,
            CLOCK,
            Locale.ENGLISH,
            Locale.ENGLISH,
            appearance.withTheme(Theme.LIGHT),
            savedLooks::add,
            settings.load().windowPlace(),
            place -> settings.update(now -> now.withWindow(place)),
            () -> UpgradeOptions.DEFAULT,
            null,
            requests -> {},
            () -> {});
    run(
        () ->
            new MainWindow(context, (purpose, name) -> Optional.ofNullable(picked), stage).show());
  }

  private void importFile() {
    run(
        () ->
            node("#store", MenuButton.class).getItems().stream()
                .filter(item -> "importItem".equals(item.getId()))
                .findFirst()
                .orElseThrow()
                .fire());
  }

  private Path realExport() throws Exception {
    Path file = folder.resolve("plugin-export.json");
    try (InputStream in =
        Objects.requireNonNull(
            MainJobTest.class.getResourceAsStream(
                "/dev/memoryconsole/exchange/plugin-export.json"))) {
      Files.copy(in, file);
    }
    return file;
  }
}

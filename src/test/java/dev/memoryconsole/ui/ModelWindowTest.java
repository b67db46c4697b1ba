package dev.memoryconsole.ui;

import atlantafx.base.controls.Notification;
import dev.memoryconsole.app.Assembly;
import dev.memoryconsole.app.ServedMetrics;
import dev.memoryconsole.app.WindowServices;
import dev.memoryconsole.enrich.SimpleEnricher;
import dev.memoryconsole.settings.KeyLookup;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.SettingsFile;
import dev.memoryconsole.settings.SystemKeychain;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.settings.look.Theme;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.TextField;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;

/** The window over the app's own services and over models that are asked by real HTTP. */
public abstract class ModelWindowTest extends WindowTest {
  protected final Map<String, String> environment = new ConcurrentHashMap<>();
  protected final ServedMetrics metrics = new ServedMetrics();

  @AfterEach
  protected void stopServing() {
    metrics.close();
  }

  protected SettingsFile settings() {
    return new SettingsFile(new Workspace(folder.resolve("workspace")).settings());
  }

  protected void configure(ModelSettings model, UnaryOperator<Settings> change) {
    settings().update(now -> change.apply(now.withModel(model).withSnapshots(false, 5, 2)));
  }

  protected void configure(ModelSettings model) {
    configure(model, now -> now);
  }

  protected void showReal(@Nullable Path store) {
    showReal(store, Locale.ENGLISH, Theme.LIGHT, 1280, 800);
  }

  /** With a clock that runs: the waiting for a model ends by it. */
  protected void showReal(
      @Nullable Path store, Locale locale, Theme theme, double width, double height) {
    Clock clock = Clock.systemUTC();
    WindowServices real =
        new WindowServices(
            new Assembly(
                new SimpleEnricher(),
                clock,
                new KeyLookup(environment::get, SystemKeychain.ofThisSystem())),
            new Workspace(folder.resolve("workspace")),
            settings(),
            clock,
            metrics,
            folder.resolve("openclaw.json"));
    show(real, clock, real.models()::options, store, locale, theme, width, height);
  }

  protected void openSettings() {
    press("#settings");
    until(() -> on("#saveSettings"));
    until(() -> !text("#url").isEmpty());
  }

  /** Chooses, among the settings, that a model upgrades. */
  protected void byModel() {
    run(() -> node("#byModel", RadioButton.class).setSelected(true));
  }

  /** Whether the question before a run says what it will take. */
  protected boolean isEstimated() {
    return label("#sendEstimate").contains("tokens in");
  }

  protected void type(String field, String words) {
    run(() -> node(field, TextField.class).setText(words));
  }

  protected String text(String field) {
    return ask(() -> node(field, TextField.class).getText());
  }

  protected boolean noticed(String words) {
    return root().lookupAll(".notification").stream()
        .anyMatch(
            node ->
                node instanceof Notification notice
                    && visible(notice)
                    && notice.getMessage().contains(words));
  }

  protected String label(String selector) {
    return ask(() -> on(selector) ? node(selector, Label.class).getText() : "");
  }
}

package dev.memoryconsole.app;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnricherConfigurationException;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.llm.ConnectionReport;
import dev.memoryconsole.enrich.llm.ModelSettingsException;
import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Settings;
import dev.memoryconsole.settings.openclaw.OpenClawConfig;
import dev.memoryconsole.settings.openclaw.OpenClawException;
import dev.memoryconsole.settings.openclaw.OpenClawReader;
import dev.memoryconsole.ui.services.ModelServices;
import dev.memoryconsole.ui.services.ModelSetup;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The model of the window, as the settings have it, asked anew for each run: no store is opened
 * again. Thread-safe.
 */
final class WindowModels implements ModelServices, Enrichers {
  private final SettingsInForce settings;
  private final Models models;
  private final Enricher withoutModel;
  private final Path openClawFile;

  WindowModels(SettingsInForce settings, Models models, Enricher withoutModel, Path openClawFile) {
    this.settings = settings;
    this.models = models;
    this.withoutModel = withoutModel;
    this.openClawFile = openClawFile;
  }

  @Override
  public Optional<ModelSettings> chosen() {
    return settings.now().configuredModel();
  }

  @Override
  public UpgradeOptions options() {
    Settings now = settings.now();
    UpgradeOptions locking = LockingOptions.of(now.lockingOrDefault());
    return now.configuredModel()
        .map(
            model ->
                locking
                    .withConcurrency(model.limits().concurrency())
                    .withOnFailure(now.onFailureOrDefault()))
        .orElse(locking);
  }

  @Override
  public String name() {
    return chosen().map(ModelEnrichers::name).orElseGet(withoutModel::name);
  }

  @Override
  public Enricher open() {
    return open(Allowance.UNSHARED);
  }

  @Override
  public Enricher open(Allowance allowance) {
    Settings now = settings.now();
    return now.configuredModel()
        .map(
            model ->
                new ModelEnrichers(model, PriceTable.with(now.pricesOrDefault()), models)
                    .open(allowance))
        .orElse(withoutModel);
  }

  @Override
  public ModelSetup load() {
    Settings now = settings.reload();
    return new ModelSetup(
        now.model(),
        now.configuredModel().isPresent(),
        now.onFailureOrDefault(),
        now.pricesOrDefault());
  }

  @Override
  public void save(ModelSetup setup) {
    settings.change(
        now ->
            now.withModel(setup.model())
                .withModelOff(!setup.used())
                .withOnFailure(setup.onFailure())
                .withPrices(setup.prices()));
  }

  @Override
  public PriceTable prices() {
    return PriceTable.with(settings.now().pricesOrDefault());
  }

  @Override
  public ConnectionReport test(ModelSettings model) throws InterruptedException {
    try {
      return models.testConnection(model);
    } catch (ModelSettingsException e) {
      throw new EnricherConfigurationException(e.message());
    }
  }

  @Override
  public List<String> models(ModelSettings model) throws InterruptedException {
    try {
      return models.listModels(model);
    } catch (ModelSettingsException e) {
      throw new EnricherConfigurationException(e.message());
    }
  }

  @Override
  public OpenClaw openClaw() {
    try {
      OpenClawConfig config = OpenClawReader.read(openClawFile, System::getenv).orElse(null);
      return new OpenClaw(config, config != null && Files.exists(config.store()), Message.NONE);
    } catch (OpenClawException e) {
      return new OpenClaw(null, false, e.message());
    }
  }
}

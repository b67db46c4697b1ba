package dev.memoryconsole.app;

import dev.memoryconsole.enrich.Allowance;
import dev.memoryconsole.enrich.Enricher;
import dev.memoryconsole.enrich.EnricherConfigurationException;
import dev.memoryconsole.enrich.Enrichers;
import dev.memoryconsole.enrich.llm.ModelCode;
import dev.memoryconsole.enrich.llm.ModelSettingsException;
import dev.memoryconsole.enrich.llm.Models;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.settings.ModelSettings;

/** Enrichers that ask one model. Thread-safe. */
final class ModelEnrichers implements Enrichers {
  private final ModelSettings settings;
  private final PriceTable prices;
  private final Models models;

  ModelEnrichers(ModelSettings settings, PriceTable prices, Models models) {
    this.settings = settings;
    this.prices = prices;
    this.models = models;
  }

  @Override
  public String name() {
    return name(settings);
  }

  /** The name of what asks this model. */
  static String name(ModelSettings model) {
    return "llm:" + model.model();
  }

  @Override
  public Enricher open() {
    return open(Allowance.UNSHARED);
  }

  @Override
  public Enricher open(Allowance allowance) {
    try {
      return models.enricher(settings, prices, allowance);
    } catch (ModelSettingsException e) {
      throw new EnricherConfigurationException(e.message());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EnricherConfigurationException(ModelCode.KEY_NOT_READ.with());
    }
  }
}

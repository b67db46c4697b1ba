package dev.memoryconsole.ui.services;

import dev.memoryconsole.settings.FailurePolicy;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Price;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the admin has chosen for enriching memories.
 *
 * @param model the model; null if none was ever chosen
 * @param used whether it is used; without it memories get the simple enrichment
 * @param onFailure what becomes of a memory that the model fails on
 * @param prices the admin's own prices by model
 */
public record ModelSetup(
    @Nullable ModelSettings model,
    boolean used,
    FailurePolicy onFailure,
    Map<String, Price> prices) {
  /** Copies the prices. */
  public ModelSetup {
    prices = Map.copyOf(prices);
  }
}

package dev.memoryconsole.ui.services;

import dev.memoryconsole.enrich.llm.ConnectionReport;
import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.message.Message;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.openclaw.OpenClawConfig;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the window asks about language models. Every method but {@link #chosen}, {@link #options}
 * and {@link #prices} may touch disk or network and is called from a background thread. An
 * interrupt ends each of them with an {@link InterruptedException}; nothing is left under way then.
 *
 * <p>What goes wrong is an exception of the application's own, whose message is one sentence for
 * the admin.
 */
public interface ModelServices {
  /** The model that the next run asks; empty for none. Quick: touches nothing. */
  Optional<ModelSettings> chosen();

  /** How the next run goes about it. Quick: touches nothing. */
  UpgradeOptions options();

  /** What is saved, read anew; what it says is in force from now on. */
  ModelSetup load();

  /**
   * Saves it and puts it in force.
   *
   * @throws SettingsNotSavedException if it can't be saved; what was in force stays so
   */
  void save(ModelSetup setup);

  /** What models cost: the app's own prices, under the admin's saved ones. */
  PriceTable prices();

  /** Asks once about an invented memory. No memory of the admin's is sent. */
  ConnectionReport test(ModelSettings model) throws InterruptedException;

  /** The models that the endpoint offers, by name; empty if it does not say. */
  List<String> models(ModelSettings model) throws InterruptedException;

  /** What OpenClaw's configuration says about the plugin's store and model; empty if nothing. */
  OpenClaw openClaw();

  /**
   * What was found of OpenClaw.
   *
   * @param config what its configuration says; null if there is none for the plugin
   * @param storeIsThere whether there is something at the store's path
   * @param problem why it could not be understood, one sentence; empty if nothing is wrong
   */
  record OpenClaw(@Nullable OpenClawConfig config, boolean storeIsThere, Message problem) {}
}

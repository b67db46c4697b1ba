package dev.memoryconsole.cli.command.run;

import dev.memoryconsole.cli.command.Services;
import dev.memoryconsole.cli.option.ModelOptions;
import dev.memoryconsole.cli.option.RunOptions;
import dev.memoryconsole.journal.team.TeamTerms;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** Commands whose run enriches. */
abstract class RunCommand extends FollowingCommand {
  @Mixin private RunOptions runOptions;

  @Mixin private ModelOptions modelOptions;

  @Override
  protected final Upgrades open(Services services) {
    Optional<ModelSettings> model = asked(() -> modelOptions.settings(runOptions.concurrency()));
    if (model.isPresent() == runOptions.isWithoutModel()) {
      throw usage(
          model.isPresent()
              ? "Either name a model or say --no-llm, not both."
              : "No language model is named; add --llm-url and --llm-model, or --no-llm to enrich"
                  + " without one.");
    }
    return model.isPresent()
        ? services.open(store(), parent().workspace(), model.get())
        : services.open(store(), parent().workspace());
  }

  /** What all who work on a shared run may use of the model together. */
  final TeamTerms terms() {
    return modelOptions.terms();
  }

  /** The run's options; a wrong one is bad usage. */
  final UpgradeOptions options(Set<String> scopes) {
    return asked(() -> runOptions.toOptions(defaults(), scopes));
  }
}

package dev.memoryconsole.cli;

import dev.memoryconsole.upgrade.UpgradeOptions;
import java.util.Set;
import picocli.CommandLine.Mixin;

/** Commands whose run enriches. */
abstract class RunCommand extends FollowingCommand {
  @Mixin private RunOptions runOptions;

  /** The run's options; a wrong one is bad usage. */
  final UpgradeOptions options(Set<String> scopes) {
    if (!runOptions.isWithoutModel()) {
      throw usage("No language model is configured; add --no-llm to enrich without one.");
    }
    try {
      return runOptions.toOptions(scopes);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }
}

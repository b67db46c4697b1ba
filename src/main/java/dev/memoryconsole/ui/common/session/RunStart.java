package dev.memoryconsole.ui.common.session;

import dev.memoryconsole.message.Message;
import dev.memoryconsole.upgrade.RunRequest;
import dev.memoryconsole.upgrade.UpgradeOptions;

/**
 * A run that somebody wants to start, by which entries it takes; how many those are is counted
 * before the question about it is answered.
 *
 * @param request which entries
 * @param options how the run goes about it
 * @param asks whether it asks even if nothing leaves this program
 * @param doubt why something may be lost by it, one sentence; empty if nothing is in doubt
 * @param begun called once it is started
 */
public record RunStart(
    RunRequest request, UpgradeOptions options, boolean asks, Message doubt, Runnable begun) {
  /** A run about which nothing is in doubt. */
  public RunStart(RunRequest request, UpgradeOptions options, boolean asks, Runnable begun) {
    this(request, options, asks, Message.NONE, begun);
  }

  /** Nobody should hear afterwards that something may have been lost. */
  RunStart doubted(Message sentence) {
    return sentence.isEmpty() ? this : new RunStart(request, options, true, sentence, begun);
  }

  /** Whether it upgrades what was chosen on the screen. */
  boolean isChosen() {
    return request instanceof RunRequest.Chosen || request instanceof RunRequest.Matching;
  }

  /** Whether a run of no entries makes sense: a stopped run may have to look after its writes. */
  public boolean mayBeEmpty() {
    return isOfARun();
  }

  /** Whether it goes on with a run, or takes part in one. */
  boolean isOfARun() {
    return request instanceof RunRequest.Resume || request instanceof RunRequest.Part;
  }
}

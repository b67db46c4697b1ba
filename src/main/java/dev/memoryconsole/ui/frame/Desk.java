package dev.memoryconsole.ui.frame;

import dev.memoryconsole.ui.common.dialog.Confirmations;
import dev.memoryconsole.ui.common.dialog.FilePicker;
import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.RunActions;
import dev.memoryconsole.ui.common.session.RunGate;
import dev.memoryconsole.ui.common.session.RunMonitor;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Background;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.common.text.Times;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.UpgradeOptions;
import java.time.Clock;
import java.util.function.Supplier;

/**
 * What all screens share. Only those who put a screen together see it; view models and controllers
 * are handed the parts they need.
 *
 * @param services the rest of the application
 * @param options how runs go about it; asked when a run starts
 * @param clock for relative times, in the admin's zone
 */
public record Desk(
    UiServices services,
    Session session,
    Tasks tasks,
    RunMonitor monitor,
    RunGate gate,
    RunActions actions,
    FilePicker files,
    Notices notices,
    Confirmations confirmations,
    Supplier<UpgradeOptions> options,
    Clock clock,
    Messages messages,
    Times times) {
  /** Makes each part once. */
  public static Desk of(
      UiServices services,
      Background background,
      Supplier<UpgradeOptions> options,
      FilePicker files,
      Clock clock,
      Messages messages) {
    Notices notices = new Notices(messages);
    Tasks tasks = new Tasks(background, notices);
    Session session = new Session(tasks);
    Confirmations confirmations = new Confirmations();
    RunMonitor monitor = new RunMonitor(session, tasks, notices, options);
    RunGate gate =
        new RunGate(services.models(), session, monitor, confirmations, notices, tasks, messages);
    RunActions actions = new RunActions(session, monitor, gate, confirmations, messages);
    return new Desk(
        services,
        session,
        tasks,
        monitor,
        gate,
        actions,
        files,
        notices,
        confirmations,
        options,
        clock,
        messages,
        new Times(clock, messages));
  }
}

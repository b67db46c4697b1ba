package dev.memoryconsole.ui.shell;

import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.ui.common.ThemeSwitcher;
import dev.memoryconsole.ui.common.View;
import dev.memoryconsole.ui.common.Views;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Desk;
import dev.memoryconsole.ui.frame.Frame;
import dev.memoryconsole.ui.preview.PreviewController;
import dev.memoryconsole.ui.preview.PreviewViewModel;
import dev.memoryconsole.ui.settings.OpenClawController;
import dev.memoryconsole.ui.settings.SettingsScreen;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.scene.Parent;

/** Puts together what is around the screens: top bar, rail, run bar, welcome, questions. */
public final class ShellWindow {
  private final TopBarWork work;
  private final ImportQuestion imports;
  private final StoreCommands commands;
  private final ShellViewModel model;
  private final Desk desk;

  /** With no store open. */
  public ShellWindow(Desk desk) {
    this.desk = desk;
    work = new TopBarWork(desk.tasks(), desk.notices());
    imports = new ImportQuestion(desk.services(), desk.tasks(), desk.messages());
    commands =
        new StoreCommands(
            desk.services(),
            desk.session(),
            desk.monitor(),
            desk.tasks(),
            work,
            desk.files(),
            desk.notices(),
            desk.confirmations(),
            imports,
            desk.messages());
    model =
        new ShellViewModel(
            desk.session(), desk.monitor(), desk.tasks(), desk.confirmations(), desk.messages());
  }

  /** What can be done with stores. */
  public StoreCommands commands() {
    return commands;
  }

  /**
   * Asks to close the window.
   *
   * @return whether it may close at once; if not, {@code close} is called if the admin says so
   */
  public boolean mayClose(Runnable close) {
    return model.mayClose(close);
  }

  /** The question about an import that is on screen; null if there is none. */
  public ReadOnlyObjectProperty<?> importQuestion() {
    return imports.asked();
  }

  /** Opens a store. */
  public void open(StoreLocation store) {
    commands.open(store);
  }

  /** Opens this store unless it is the one that is open. */
  public void openAnother(StoreLocation store) {
    commands.openAnother(store);
  }

  /**
   * Builds it around the screens that are in the frame by now.
   *
   * @param preview of the chosen memories
   * @param showMemory goes to a memory's details
   */
  public Loaded load(
      Frame frame,
      ThemeSwitcher themes,
      SettingsScreen settings,
      PreviewViewModel preview,
      Consumer<String> showMemory) {
    Messages messages = desk.messages();
    ShellCommands.register(desk, frame, commands, themes);
    RunBarViewModel runBar =
        new RunBarViewModel(desk.monitor(), desk.tasks(), messages, desk.times());
    RunNews news =
        new RunNews(
            runBar, model, desk.actions(), desk.notices(), desk.services(), desk.tasks(), messages);
    Views views = new Views(messages);
    views
        .with(
            SendQuestionController.class,
            () -> new SendQuestionController(new SendQuestionViewModel(messages), desk.gate()))
        .with(ImportQuestionController.class, () -> new ImportQuestionController(imports, messages))
        .with(
            QuestionController.class, () -> new QuestionController(desk.confirmations(), messages))
        .with(
            PreviewController.class, () -> new PreviewController(preview, messages, desk.times()));
    // Over all but the layers, the last on top.
    frame.addQuestion(views.later(PreviewController.class, "Preview.fxml"));
    frame.addQuestion(views.later(QuestionController.class, "Question.fxml"));
    frame.addQuestion(views.later(SendQuestionController.class, "SendQuestion.fxml"));
    frame.addQuestion(views.later(ImportQuestionController.class, "ImportQuestion.fxml"));
    View<ShellController> loaded =
        views
            .with(
                ShellController.class,
                () ->
                    new ShellController(
                        model,
                        commands,
                        work,
                        frame,
                        showMemory,
                        settings::show,
                        desk.notices(),
                        themes,
                        messages))
            .with(
                WelcomeController.class,
                () -> new WelcomeController(commands, frame.openings(), messages))
            .with(OpenClawController.class, () -> new OpenClawController(settings.openClaw()))
            .with(
                RunBarController.class,
                () -> new RunBarController(runBar, desk.actions(), messages))
            .with(OutcomesController.class, () -> new OutcomesController(runBar, messages))
            .load(ShellController.class, "Shell.fxml");
    return new Loaded(loaded.root(), loaded.controller()::focusFirst, news);
  }

  /**
   * The window's content.
   *
   * @param focusFirst puts the focus where the first step is
   * @param news what the window's frame tells of runs
   */
  public record Loaded(Parent root, Runnable focusFirst, RunNews news) {}
}

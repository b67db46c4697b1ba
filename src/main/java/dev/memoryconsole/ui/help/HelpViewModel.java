package dev.memoryconsole.ui.help;

import dev.memoryconsole.ui.common.dialog.Notices;
import dev.memoryconsole.ui.common.session.Session;
import dev.memoryconsole.ui.common.task.Tasks;
import dev.memoryconsole.ui.common.text.Messages;
import dev.memoryconsole.ui.frame.Command;
import dev.memoryconsole.ui.services.UiServices;
import dev.memoryconsole.upgrade.Upgrades;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Decides what help is shown. User interface's thread only. */
public final class HelpViewModel {
  /** What is shown. */
  sealed interface Topic {
    /**
     * The guide.
     *
     * @param chapter to begin with; empty for its beginning
     */
    record TheGuide(String markdown, String chapter) implements Topic {}

    /** All keys. */
    record Keys(List<Command> commands) implements Topic {}
  }

  private final UiServices services;
  private final Session session;
  private final Tasks tasks;
  private final Notices notices;
  private final Messages messages;
  private final Supplier<List<Command>> commands;
  private final Supplier<@Nullable String> screen;
  private final ReadOnlyObjectWrapper<@Nullable Topic> topic = new ReadOnlyObjectWrapper<>();

  /**
   * Over these services and commands.
   *
   * @param screen the id of the screen that is shown
   */
  public HelpViewModel(
      UiServices services,
      Session session,
      Tasks tasks,
      Notices notices,
      Messages messages,
      Supplier<List<Command>> commands,
      Supplier<@Nullable String> screen) {
    this.services = services;
    this.session = session;
    this.tasks = tasks;
    this.notices = notices;
    this.messages = messages;
    this.commands = commands;
    this.screen = screen;
  }

  /** What is shown; null for nothing. */
  ReadOnlyObjectProperty<@Nullable Topic> topic() {
    return topic.getReadOnlyProperty();
  }

  /** Shows the guide in the window's language, from the chapter about what is on the screen on. */
  public void showGuide() {
    String chapter = Guide.chapter(screen.get(), session.open() != null);
    tasks.read(
        () -> Guide.text(messages.locale()), text -> topic.set(new Topic.TheGuide(text, chapter)));
  }

  /** Shows all keys. */
  public void showKeys() {
    topic.set(
        new Topic.Keys(
            commands.get().stream().filter(command -> !command.keyWords().isEmpty()).toList()));
  }

  void close() {
    topic.set(null);
  }

  /**
   * Puts together what a report of a fault needs.
   *
   * @param copy takes it
   */
  public void copyDiagnostics(Consumer<String> copy) {
    Upgrades open = session.open();
    tasks.read(
        () -> services.diagnostics(open),
        text -> {
          copy.accept(text);
          notices.success(messages.get("help.copied"));
        });
  }
}

package dev.memoryconsole.ui.about;

import dev.memoryconsole.about.Build;
import dev.memoryconsole.about.ThirdParty;
import dev.memoryconsole.ui.common.task.Tasks;
import java.util.List;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import org.jspecify.annotations.Nullable;

/** Reads what there is to tell about the program. User interface's thread only. */
final class AboutViewModel {
  /**
   * What is told.
   *
   * @param java the Java that runs it, by its maker's name and version
   * @param inside empty where the build didn't ask
   */
  record Facts(Build build, String java, String javafx, List<ThirdParty> inside) {}

  private final Tasks tasks;
  private final ReadOnlyObjectWrapper<@Nullable Facts> facts = new ReadOnlyObjectWrapper<>();

  AboutViewModel(Tasks tasks) {
    this.tasks = tasks;
  }

  /** What is shown; null for nothing. */
  ReadOnlyObjectProperty<@Nullable Facts> facts() {
    return facts.getReadOnlyProperty();
  }

  void show() {
    tasks.read(
        () ->
            new Facts(
                Build.current(),
                System.getProperty("java.vendor", "") + " " + Runtime.version(),
                System.getProperty("javafx.runtime.version", ""),
                ThirdParty.inside()),
        facts::set);
  }

  void close() {
    facts.set(null);
  }
}

package dev.memoryconsole.app;

import dev.memoryconsole.Launcher;
import dev.memoryconsole.settings.Workspace;
import dev.memoryconsole.store.EntryQuery;
import dev.memoryconsole.store.StoreLocation;
import dev.memoryconsole.upgrade.UpgradeOptions;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import javafx.application.Platform;
import javafx.stage.Window;

/** The program with its window open and a run of a store under way, in a process of its own. */
final class WindowWithARun {
  private WindowWithARun() {}

  /** That process: of this workspace, and this store. */
  public static void main(String[] arguments) {
    Workspace workspace = new Workspace(Path.of(arguments[0]));
    Thread.ofPlatform()
        .daemon()
        .start(
            () -> {
              try {
                while (!isShown()) {
                  Thread.sleep(20);
                }
                Upgrades store =
                    WindowServicesTest.window(workspace)
                        .open(StoreLocation.of(Path.of(arguments[1])));
                store.upgrade(EntryQuery.ALL, Integer.MAX_VALUE, UpgradeOptions.DEFAULT);
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    Launcher.main(new String[] {"--workspace", arguments[0]});
  }

  private static boolean isShown() throws Exception {
    FutureTask<Boolean> look =
        new FutureTask<>(() -> Window.getWindows().stream().anyMatch(Window::isShowing));
    try {
      Platform.runLater(look);
    } catch (IllegalStateException notStarted) {
      return false;
    }
    return look.get();
  }
}

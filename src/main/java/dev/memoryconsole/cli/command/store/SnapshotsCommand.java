package dev.memoryconsole.cli.command.store;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreArguments;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.Snapshot;
import dev.memoryconsole.exchange.Snapshots;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code memory-console snapshots STORE}. The store itself may be damaged or gone. */
@Command(name = "snapshots", description = "Lists the snapshots of a store, the newest first.")
public final class SnapshotsCommand extends StoreArguments {
  @Override
  public Integer call() {
    Snapshots snapshots = parent().services().snapshots(parent().workspace());
    List<Snapshot> all = snapshots.list(store());
    if (isJson()) {
      ObjectNode document = Json.object().put("folder", snapshots.folderOf(store()).toString());
      ArrayNode array = document.putArray("snapshots");
      all.forEach(snapshot -> array.add(Json.snapshot(snapshot)));
      print(document);
    } else {
      for (Snapshot snapshot : all) {
        say(
            "%-36s  %s  %9.1f MB  %s%s",
            snapshot.name(),
            snapshot.takenAt(),
            snapshot.bytes() / 1e6,
            cause(snapshot),
            snapshot.kept() ? "" : "; can't be restored, the plugin has removed it");
      }
      say("%d snapshots in %s.", all.size(), snapshots.folderOf(store()));
    }
    out().flush();
    return ExitCode.DONE;
  }

  private static String cause(Snapshot snapshot) {
    return switch (snapshot.cause()) {
      case RUN -> "before run " + snapshot.run();
      case MANUAL -> "asked for";
      case RESTORE -> "before a restore";
    };
  }
}

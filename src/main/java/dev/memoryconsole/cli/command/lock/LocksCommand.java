package dev.memoryconsole.cli.command.lock;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.memoryconsole.cli.command.StoreCommand;
import dev.memoryconsole.cli.option.Since;
import dev.memoryconsole.cli.output.ExitCode;
import dev.memoryconsole.cli.output.Json;
import dev.memoryconsole.exchange.LockExport;
import dev.memoryconsole.journal.RunRecord;
import dev.memoryconsole.lock.LockAcquisition;
import dev.memoryconsole.lock.LockCondition;
import dev.memoryconsole.lock.LockException;
import dev.memoryconsole.lock.LockOwner;
import dev.memoryconsole.lock.LockWaits;
import dev.memoryconsole.lock.SeenWait;
import dev.memoryconsole.lock.TellsWaits;
import dev.memoryconsole.lock.figures.LockFigures;
import dev.memoryconsole.lock.figures.LockReading;
import dev.memoryconsole.lock.figures.LockTally;
import dev.memoryconsole.message.Wording;
import dev.memoryconsole.store.StoreException;
import dev.memoryconsole.upgrade.Upgrades;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code memory-console locks STORE}. */
@Command(
    name = "locks",
    description = {
      "Says who held the store's lock, for how long, and who waited for it.",
      "Acquisitions of every Memory Console are recorded; of other programs what was seen."
    })
public final class LocksCommand extends StoreCommand {
  private static final int SHOWN = 20;

  @Option(
      names = "--since",
      paramLabel = "TIME",
      defaultValue = "1h",
      converter = Since.Converter.class,
      description = "How far to look back: 30s, 15m, 1h (the default), 7d.")
  private Since since;

  @Option(names = "--run", paramLabel = "R", description = "Only the acquisitions of this run.")
  private @Nullable Long run;

  @Option(
      names = "--csv",
      paramLabel = "FILE",
      description = "Write the single acquisitions to this file; an older one is replaced.")
  private @Nullable Path csv;

  @Option(
      names = "--waits-csv",
      paramLabel = "FILE",
      description =
          "Write who was seen waiting for whom to this file, where a server tells; an older one is"
              + " replaced.")
  private @Nullable Path waitsCsv;

  /** What is shown. */
  private record Shown(
      String sentence, LockReading reading, List<LockAcquisition> events, List<SeenWait> waits) {
    Shown saying(String other) {
      return new Shown(other, reading, events, waits);
    }
  }

  private static final String OFF =
      "Acquisitions are not recorded: that is switched off in the settings. What was recorded"
          + " before: ";

  @Override
  protected int run(Upgrades upgrades) {
    Shown shown = run == null ? lately(upgrades) : of(upgrades, record(upgrades, run));
    if (!upgrades.locks().isRecording()) {
      shown = shown.saying(OFF + shown.sentence());
    }
    Optional<LockOwner> owner = owner(upgrades);
    LockCondition now = owner.flatMap(held -> upgrades.lockCondition()).orElse(null);
    if (owner.isPresent()) {
      String held =
          now == null || now.holder().isEmpty()
              ? "held by " + Wording.ENGLISH.of(owner.get().message())
              : LockText.condition(now);
      shown = shown.saying(shown.sentence() + " Right now it is " + held + ".");
    }
    LockWaits waits = waits(upgrades);
    if (csv != null) {
      LockExport.csv(shown.events(), csv);
    }
    if (waitsCsv != null) {
      LockExport.waitsCsv(shown.waits(), waitsCsv);
    }
    if (isJson()) {
      ObjectNode document = json(shown, owner);
      if (now != null) {
        document.set("held", LockJson.condition(now));
      }
      LockJson.waits(document, waits, shown.waits());
      print(document);
    } else {
      print(shown);
      latest(shown.waits()).forEach(wait -> say("%s", LockText.waited(wait)));
      waits.all().forEach(wait -> say("%s", LockText.wait(wait)));
      if (!waits.hiddenFrom().isEmpty()) {
        say("%s", LockText.hidden(waits.hiddenFrom()));
      }
    }
    return ExitCode.DONE;
  }

  /** Empty also if it can't be told who holds the lock: the record is worth showing without. */
  private Optional<LockOwner> owner(Upgrades upgrades) {
    try {
      return upgrades.lockOwner();
    } catch (LockException e) {
      warn("%s", e.getMessage());
      return Optional.empty();
    }
  }

  /** Who waits for whom, where a server knows; of what can't be told the rest is worth showing. */
  private LockWaits waits(Upgrades upgrades) {
    try {
      return upgrades.store() instanceof TellsWaits server ? server.waits() : LockWaits.NONE;
    } catch (StoreException e) {
      warn("%s", e.getMessage());
      return LockWaits.NONE;
    }
  }

  private Shown lately(Upgrades upgrades) {
    long now = System.currentTimeMillis();
    long from = now - since.duration().toMillis();
    LockReading reading = upgrades.locks().reading(from, now);
    return new Shown(
        LockText.answer("In the last " + since.words(), reading),
        reading,
        upgrades.locks().events(from, now, Integer.MAX_VALUE),
        upgrades.locks().waits(from, now, Integer.MAX_VALUE));
  }

  private RunRecord record(Upgrades upgrades, long number) {
    return upgrades.run(number).orElseThrow(() -> noRun(number));
  }

  private static Shown of(Upgrades upgrades, RunRecord record) {
    Long finished = record.finishedAt();
    long from = record.startedAt();
    long to = finished == null ? System.currentTimeMillis() : finished + 1;
    List<LockAcquisition> events =
        upgrades.locks().events(from, to, Integer.MAX_VALUE).stream()
            .filter(event -> event.purpose().run() == record.id())
            .toList();
    LockTally tally = new LockTally();
    events.forEach(tally::add);
    LockReading reading = new LockReading(from, to, tally.figures());
    return new Shown(
        events.isEmpty()
            ? "The single acquisitions of run %d are not kept any more; 'runs' has its figures."
                .formatted(record.id())
            : LockText.answer("In run %d".formatted(record.id()), reading),
        reading,
        events,
        upgrades.locks().waits(from, to, Integer.MAX_VALUE));
  }

  private void print(Shown shown) {
    say("%s", shown.sentence());
    if (!shown.reading().lanes().isEmpty()) {
      say(
          "%-28s %8s %7s %9s  %-26s %s",
          "", "taken", "held", "rows", "wait p50 / p99 / max", "hold p50 / p99 / max");
      LockJson.sorted(shown.reading())
          .forEach((who, figures) -> line(LockText.holder(who), shown.reading(), figures));
    }
    for (LockAcquisition event : latest(shown.events())) {
      say(
          "%s  %-28s %-12s wait %9s  hold %9s  %d rows",
          Instant.ofEpochMilli(event.acquiredAt()),
          LockText.holder(event.holder()),
          Json.word(event.outcome()),
          LockText.millis(event.waitNanos() / 1e6),
          (event.observed() ? "~" : "") + LockText.millis(event.holdNanos() / 1e6),
          event.rows());
    }
  }

  private static <T> List<T> latest(List<T> all) {
    return all.subList(Math.max(0, all.size() - SHOWN), all.size());
  }

  private void line(String who, LockReading reading, LockFigures figures) {
    say(
        "%-28s %8d %7s %9d  %-26s %s",
        who,
        figures.acquisitions() + figures.seen(),
        LockText.share(reading.heldShare(figures)),
        figures.rows(),
        LockText.quantiles(figures.waits().quantiles()),
        LockText.quantiles(figures.holds().quantiles()));
  }

  private static ObjectNode json(Shown shown, Optional<LockOwner> owner) {
    ObjectNode node = LockJson.reading(shown.reading());
    node.put("sentence", shown.sentence());
    owner.ifPresentOrElse(
        who -> node.set("held_by", LockJson.owner(who)), () -> node.putNull("held_by"));
    ArrayNode events = node.putArray("events");
    shown.events().forEach(event -> events.add(LockJson.event(event)));
    return node;
  }
}

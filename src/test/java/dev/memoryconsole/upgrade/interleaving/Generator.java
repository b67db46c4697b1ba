package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.upgrade.interleaving.Schedule.Action;
import dev.memoryconsole.upgrade.interleaving.Schedule.Op;
import dev.memoryconsole.upgrade.interleaving.Schedule.Place;
import dev.memoryconsole.upgrade.interleaving.Schedule.Run;
import dev.memoryconsole.upgrade.interleaving.Schedule.StartRow;
import dev.memoryconsole.upgrade.interleaving.Schedule.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;

/** Makes a schedule from a seed; the same seed makes the same schedule. */
final class Generator {
  static final List<String> CATEGORIES =
      List.of("fact", "preference", "entity", "decision", "other", "reflection");
  static final List<String> SCOPES = List.of("global", "agent:one");

  private static final int MOST_ROWS = 4;
  private static final int MOST_ACTIONS = 4;
  private static final int MOST_STEPS = 7;

  private final Random random;
  private final long seed;
  private int values;

  Generator(long seed) {
    this.seed = seed;
    this.random = new Random(seed);
  }

  Schedule schedule() {
    List<StartRow> rows = new ArrayList<>();
    int count = 1 + random.nextInt(MOST_ROWS);
    for (int i = 0; i < count; i++) {
      rows.add(row(i));
    }
    List<Action> actions = new ArrayList<>();
    int runs = 1 + random.nextInt(MOST_ACTIONS);
    for (int i = 0; i < runs; i++) {
      actions.add(action(i, count));
    }
    return new Schedule(seed, List.copyOf(rows), List.copyOf(actions));
  }

  private StartRow row(int index) {
    // Legacy rows are what it is about; a reflection is never one.
    String category = CATEGORIES.get(random.nextInt(random.nextInt(8) == 0 ? 6 : 5));
    String metadata =
        switch (random.nextInt(10)) {
          case 0 -> null;
          case 1 -> "no json at all";
          case 2 -> "{\"note\":\"first\",\"note\":\"last\",\"tier\":\"core\"}";
          case 3 -> "{\"memory_category\":\"events\",\"l0_abstract\":\"The plugin's own.\"}";
          case 4 -> "[1, 2]";
          case 5 ->
              "{ \"access_count\" : 7.0, \"confidence\" : 1e-1, \"own\" :"
                  + " {\"deep\":[1,{\"a\":null}]}}";
          case 6 -> "";
          default -> "{\"note\":\"n" + index + "\",\"counter\":0}";
        };
    return new StartRow(text("start" + index), category, pick(SCOPES), metadata);
  }

  static String text(String token) {
    return "Text " + token + ". It has a second sentence.";
  }

  private Action action(int index, int rows) {
    Run run =
        index == 0
            ? Run.UPGRADE
            : switch (random.nextInt(8)) {
              case 0, 1 -> Run.UPGRADE;
              case 2 -> Run.RETRY;
              case 3, 4 -> Run.RESUME;
              default -> Run.UNDO;
            };
    List<Integer> chosen = new ArrayList<>();
    for (int row = 0; row < rows; row++) {
      if (random.nextInt(6) != 0) {
        chosen.add(row);
      }
    }
    if (chosen.isEmpty()) {
      chosen.add(random.nextInt(rows));
    }
    Set<Integer> failures = new TreeSet<>();
    if (random.nextInt(3) == 0) {
      failures.add(1 + random.nextInt(rows));
      failures.add(1 + random.nextInt(rows));
    }
    List<Step> steps = new ArrayList<>();
    int count = random.nextInt(MOST_STEPS + 1);
    for (int i = 0; i < count; i++) {
      steps.add(step(rows));
    }
    return new Action(
        run,
        random.nextInt(4) == 0 ? 1 : 0,
        List.copyOf(chosen),
        random.nextInt(4) == 0 ? Set.of(pick(SCOPES)) : Set.of(),
        1 + random.nextInt(3),
        1 + random.nextInt(2),
        failures,
        random.nextInt(3) == 0,
        // By another lot, so that everything else stays as it was for a seed.
        new Random(seed * 31 + index).nextBoolean(),
        List.copyOf(steps));
  }

  private Step step(int rows) {
    Place place = pick(List.of(Place.values()));
    boolean once =
        place == Place.BEFORE_RUN || place == Place.AFTER_RUN || place == Place.AFTER_READ;
    Op op = pick(List.of(Op.values()));
    return new Step(place, once ? 1 : 1 + random.nextInt(3), op, random.nextInt(rows), ++values);
  }

  private <T> T pick(List<T> from) {
    return from.get(random.nextInt(from.size()));
  }
}

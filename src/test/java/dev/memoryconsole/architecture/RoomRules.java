package dev.memoryconsole.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.junit.ArchTest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Who sees the rooms within rooms. */
final class RoomRules {
  private static final String ROOT = "dev.memoryconsole.";

  /** A place among the screens: what is not named below is a screen. */
  private static final String OF_THE_WINDOW = "ui.";

  /** Rooms, and who sees them beside themselves: the rest goes through the package above. */
  private static final Map<String, List<String>> SEEN_ONLY_BY =
      Map.ofEntries(
          Map.entry("app.diagnostics", List.of("app")),
          Map.entry("app.desktop", List.of("app")),
          Map.entry("app.process", List.of("app")),
          Map.entry("app.server", List.of("app")),
          Map.entry("cancel.sqlite", List.of("journal.database", "store.sqlite.connection")),
          Map.entry("cli.command.*..", List.of("cli")),
          Map.entry("cli.command..", List.of("app", "cli")),
          Map.entry("cli.option", List.of("cli.command..")),
          Map.entry("cli.output", List.of("app", "cli..")),
          Map.entry("enrich.llm.answer", List.of("enrich.llm..")),
          Map.entry("enrich.llm.failure", List.of("enrich.llm..")),
          Map.entry("enrich.llm.http", List.of("app", "enrich.llm")),
          Map.entry("enrich.llm.limits", List.of("enrich.llm..")),
          Map.entry("enrich.llm.prompt", List.of("enrich.llm..")),
          Map.entry("journal.common", List.of("journal.*")),
          Map.entry("journal.database", List.of("journal.*")),
          Map.entry("journal.lives", List.of("journal.*")),
          Map.entry("journal.locks", List.of("journal.*")),
          Map.entry("journal.postgres", List.of("app")),
          Map.entry("journal.sqlite", List.of("app")),
          Map.entry("lock.lockfile", List.of("app", "store.lance")),
          Map.entry("lock.redis", List.of("app")),
          Map.entry("store.lance", List.of("app")),
          Map.entry("store.lance.format", List.of("store.lance..")),
          Map.entry("store.lance.library", List.of("app", "store.lance..")),
          Map.entry("store.lance.read", List.of("store.lance")),
          Map.entry("store.lance.table", List.of("store.lance..")),
          Map.entry("store.postgres", List.of("app", "app.server", "journal.postgres")),
          Map.entry("store.postgres.connection", List.of("journal.postgres", "store.postgres..")),
          Map.entry("store.postgres.read", List.of("store.postgres..")),
          Map.entry("store.postgres.table", List.of("store.postgres..")),
          Map.entry("store.postgres.write", List.of("store.postgres..")),
          Map.entry("store.scan", List.of("store.lance..", "store.postgres..")),
          Map.entry("store.sqlite", List.of("app")),
          Map.entry("store.sqlite.*", List.of("store.sqlite..")),
          Map.entry("ui.common..", List.of("app", "ui..")),
          Map.entry("ui.diff", List.of("ui..")),
          Map.entry("ui.frame", List.of("ui..")),
          Map.entry("ui.mend", List.of("ui", "ui.checkup", "ui.entries..")),
          Map.entry("ui.preview", List.of("ui", "ui.entries", "ui.shell")),
          Map.entry("ui.services", List.of("app", "app.server", "ui..")),
          Map.entry("ui.settings", List.of("ui", "ui.shell")),
          Map.entry("upgrade.engine", List.of("app", "lab")),
          Map.entry("upgrade.engine.*", List.of("upgrade.engine..")));

  /** Rooms within rooms that anybody sees who sees the one around them. */
  private static final Set<String> SEEN_BY_ANYBODY =
      Set.of(
          "enrich.llm",
          "enrich.llm.price",
          "exchange.form",
          "exchange.source",
          "journal.team",
          "lock.figures",
          "lock.record",
          "memory.ids",
          "mend.find",
          "settings.look",
          "settings.openclaw",
          "store.batch",
          "store.facet",
          "store.insert",
          "store.query",
          "upgrade.pace");

  private RoomRules() {}

  @ArchTest
  static void roomsAreSeenByFew(JavaClasses classes) {
    Map<String, List<String>> all = new TreeMap<>(SEEN_ONLY_BY);
    rooms(classes).stream()
        .filter(room -> isScreen(room) && !isOneOf(SEEN_ONLY_BY.keySet(), room))
        .map(room -> OF_THE_WINDOW + room.split("\\.", -1)[1] + "..")
        .forEach(screen -> all.put(screen, List.of("ui")));
    all.forEach(
        (room, others) ->
            noClasses()
                .that()
                .resideOutsideOfPackages(
                    Stream.concat(Stream.of(room), others.stream())
                        .map(ROOT::concat)
                        .toArray(String[]::new))
                .should()
                .dependOnClassesThat()
                .resideInAPackage(ROOT + room)
                .because(room + " is seen by " + others + " only: see RoomRules.SEEN_ONLY_BY")
                .check(classes));
  }

  private static boolean isScreen(String room) {
    return room.startsWith(OF_THE_WINDOW);
  }

  @ArchTest
  static void ofEveryRoomWithinARoomIsSaidWhoSeesIt(JavaClasses classes) {
    assertThat(rooms(classes))
        .as("rooms to add to RoomRules.SEEN_ONLY_BY, or to SEEN_BY_ANYBODY")
        .filteredOn(room -> room.contains("."))
        .filteredOn(room -> !isScreen(room))
        .filteredOn(room -> isOneOf(SEEN_ONLY_BY.keySet(), room) == SEEN_BY_ANYBODY.contains(room))
        .isEmpty();
  }

  @ArchTest
  static void noRoomIsNamedThatIsGone(JavaClasses classes) {
    Set<String> rooms = rooms(classes);
    Set<String> named = new TreeSet<>(SEEN_ONLY_BY.keySet());
    SEEN_ONLY_BY.values().forEach(named::addAll);
    named.addAll(SEEN_BY_ANYBODY);
    assertThat(named)
        .as("rooms that RoomRules names and that are gone")
        .filteredOn(name -> rooms.stream().noneMatch(room -> isOneOf(Set.of(name), room)))
        .isEmpty();
  }

  private static boolean isOneOf(Collection<String> patterns, String room) {
    return patterns.stream().anyMatch(pattern -> PackageMatcher.of(pattern).matches(room));
  }

  /** All packages, without their root. */
  private static Set<String> rooms(JavaClasses classes) {
    return classes.stream()
        .map(JavaClass::getPackageName)
        .filter(name -> name.startsWith(ROOT))
        .map(name -> name.substring(ROOT.length()))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}

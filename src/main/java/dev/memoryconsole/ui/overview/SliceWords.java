package dev.memoryconsole.ui.overview;

import dev.memoryconsole.memory.MemoryState;
import dev.memoryconsole.store.facet.Facet;
import dev.memoryconsole.store.facet.MetadataTally;
import dev.memoryconsole.store.facet.Slice;
import dev.memoryconsole.store.query.QueryParser;
import dev.memoryconsole.ui.common.table.Badge;
import dev.memoryconsole.ui.common.text.Messages;
import java.time.YearMonth;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What parts of a facet are called. Immutable. */
record SliceWords(Messages messages) {
  /** The shape of a state; null for what is none. */
  static @Nullable Badge badge(Facet facet, Slice slice) {
    if (facet != Facet.STATE) {
      return null;
    }
    return slice.name().equals(QueryParser.STAMPED)
        ? Badge.STAMPED
        : Badge.of(MemoryState.valueOf(slice.name().toUpperCase(Locale.ROOT)));
  }

  String of(Facet facet, Slice slice) {
    return switch (slice.kind()) {
      case NAMED -> named(facet, slice.name());
      case NONE -> none(facet);
      case OTHERS -> messages.get("overview.odd");
      case EARLIER -> messages.get("overview.earlier", month(slice.name()));
      case LATER -> messages.get("overview.later", month(slice.name()));
    };
  }

  private String named(Facet facet, String name) {
    return switch (facet) {
      case STATE ->
          messages.get(name.equals(QueryParser.STAMPED) ? Badge.STAMPED.key() : "state." + name);
      case MONTH -> month(name);
      case AGE ->
          messages.get(
              switch (name) {
                case "7d" -> "overview.age.week";
                case "30d" -> "overview.age.month";
                case "90d" -> "overview.age.quarter";
                case "1y" -> "overview.age.year";
                default -> "overview.age.older";
              });
      case RECALLED ->
          name.equals(QueryParser.NEVER)
              ? messages.get("overview.recalled.never")
              : messages.get(
                  name.equals("some") ? "overview.recalled.some" : "overview.recalled.often",
                  MetadataTally.OFTEN);
      case CATEGORY, SCOPE, TIER, SOURCE -> name.replaceAll("\\s+", " ");
    };
  }

  private String none(Facet facet) {
    return switch (facet) {
      case CATEGORY -> messages.get("entries.noCategory");
      case SCOPE -> messages.get("entries.noScope");
      case TIER -> messages.get("overview.noTier");
      case SOURCE -> messages.get("overview.noSource");
      case MONTH, AGE -> messages.get("overview.noTime");
      case STATE, RECALLED -> "";
    };
  }

  private String month(String name) {
    return messages.numbers().month(YearMonth.parse(name));
  }
}

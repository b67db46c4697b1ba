package dev.memoryconsole.ui.mend;

import dev.memoryconsole.memory.Keys;
import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.ui.common.text.Messages;

/** What things of a mend are called. Stateless. */
final class MendWords {
  private MendWords() {}

  /** What a field is called: what was counted has words, other fields the name they are set by. */
  static String field(String key, Messages messages) {
    return switch (key) {
      case Keys.ACCESS_COUNT -> messages.get("checkup.recalled");
      case Keys.LAST_ACCESSED_AT -> messages.get("checkup.lastRecalled");
      case Keys.INJECTED_COUNT -> messages.get("checkup.injected");
      case Keys.LAST_INJECTED_AT -> messages.get("mend.lastInjected");
      case Keys.BAD_RECALL_COUNT -> messages.get("mend.badRecalls");
      case Keys.LAST_CONFIRMED_USE_AT -> messages.get("mend.lastUse");
      default -> key;
    };
  }

  static String keep(Keep keep, Messages messages) {
    return switch (keep) {
      case MOST_USED -> messages.get("mend.keep.mostUsed");
      case OLDEST -> messages.get("mend.keep.oldest");
    };
  }

  static String title(MendRequest.Kind kind, MendViewModel.Shown now, Messages messages) {
    return switch (kind) {
      case FIELDS -> messages.get("mend.title", now.chosen());
      case CATEGORIES -> messages.get("mend.titleCategories", now.chosen());
      case DELETION -> messages.get("mend.titleDeletion", now.chosen());
      case MERGE -> messages.get("mend.titleMerge", now.request().groups().size());
    };
  }

  /** What the button says that begins it. */
  static String run(MendRequest.Kind kind, int taken, Messages messages) {
    return switch (kind) {
      case FIELDS, CATEGORIES -> messages.get("mend.run", taken);
      case DELETION -> messages.get("mend.delete", taken);
      case MERGE -> messages.get("mend.merge", taken);
    };
  }
}

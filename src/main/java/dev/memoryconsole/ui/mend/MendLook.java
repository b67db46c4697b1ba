package dev.memoryconsole.ui.mend;

import dev.memoryconsole.cancel.Cancellation;
import dev.memoryconsole.mend.FieldChanges;
import dev.memoryconsole.mend.MendPlan;
import dev.memoryconsole.mend.MendPreview;
import dev.memoryconsole.mend.MergePreview;
import dev.memoryconsole.mend.find.MappedReflection;
import dev.memoryconsole.store.MemoryStore;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/** Looks at what a mend would do to memories. Background threads only. */
final class MendLook {
  /**
   * How far the memories are looked at.
   *
   * @param total 0 until it is known
   */
  record Looking(int looked, int total) {}

  /**
   * What was seen.
   *
   * @param counts how many memories stand so
   * @param groups how many groups are merged
   */
  record Seen(MendPreview preview, Map<MendPlan.Fit, Integer> counts, int groups) {
    static Seen of(MendPreview preview) {
      Map<MendPlan.Fit, Integer> counts = new EnumMap<>(MendPlan.Fit.class);
      preview.items().forEach(item -> counts.merge(item.fit(), 1, Integer::sum));
      return new Seen(
          preview, counts, (int) preview.items().stream().filter(MendLook::isKept).count());
    }

    int count(MendPlan.Fit fit) {
      return counts.getOrDefault(fit, 0);
    }

    /** The ids of what is done together with a memory, or is left out with it. */
    List<String> together(String id) {
      String keeper =
          preview.items().stream()
              .filter(item -> item.id().equals(id))
              .findFirst()
              .map(MendLook::keeper)
              .orElse(null);
      return keeper == null
          ? List.of(id)
          : preview.items().stream()
              .filter(item -> keeper.equals(keeper(item)))
              .map(MendPreview.Item::id)
              .toList();
    }

    /** With other plans for some of the memories, which are one after the other. */
    Seen with(MendPreview anew) {
      Map<String, MendPreview.Item> items = new HashMap<>();
      anew.items().forEach(item -> items.put(item.id(), item));
      List<MendPreview.Item> all = new ArrayList<>();
      boolean added = false;
      for (MendPreview.Item item : preview.items()) {
        if (!items.containsKey(item.id())) {
          all.add(item);
        } else if (!added) {
          all.addAll(anew.items());
          added = true;
        }
      }
      return of(new MendPreview(all));
    }
  }

  /** The memories, and what was seen of them; null if nothing is to be set. */
  record Found(List<String> ids, @Nullable Seen seen) {}

  private MendLook() {}

  /** Whether it is the one of its group that is kept. */
  static boolean isKept(MendPreview.Item item) {
    return item.id().equals(keeper(item));
  }

  /** The id of the one that is kept of its group; null if it is not merged. */
  static @Nullable String keeper(MendPreview.Item item) {
    return item.plan() instanceof MendPlan.Merge merge ? merge.keeper() : null;
  }

  static MendPreview look(
      MemoryStore store,
      MendRequest request,
      List<String> ids,
      FieldChanges changes,
      MergeDraft merge,
      Consumer<Looking> progress)
      throws InterruptedException {
    int total = request.kind() == MendRequest.Kind.MERGE ? request.groups().size() : ids.size();
    IntConsumer looked =
        so -> {
          Cancellation.check();
          progress.accept(new Looking(so, total));
        };
    return switch (request.kind()) {
      case FIELDS -> MendPreview.of(store, ids, row -> Optional.of(changes), looked);
      case CATEGORIES -> MendPreview.of(store, ids, MappedReflection::mend, looked);
      case DELETION -> MendPreview.ofDeletion(store, ids, looked);
      case MERGE ->
          MergePreview.of(store, request.groups(), merge.order(), merge.deletes(), looked);
    };
  }
}

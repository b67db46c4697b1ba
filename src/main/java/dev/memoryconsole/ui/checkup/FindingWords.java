package dev.memoryconsole.ui.checkup;

import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.ui.common.text.Messages;

/** What findings are called, and what they mean. Stateless. */
final class FindingWords {
  private FindingWords() {}

  static String name(Finding finding, Messages messages) {
    return messages.get(
        switch (finding) {
          case BLANK_SCOPE -> "checkup.blankScope";
          case MAPPED_CATEGORY -> "checkup.mappedCategory";
          case POOR_SUMMARY -> "checkup.poorSummary";
          case DUPLICATE -> "checkup.duplicate";
          case NEAR_DUPLICATE -> "checkup.nearDuplicate";
        });
  }

  static String meaning(Finding finding, Messages messages) {
    return messages.get(
        switch (finding) {
          case BLANK_SCOPE -> "checkup.blankScope.text";
          case MAPPED_CATEGORY -> "checkup.mappedCategory.text";
          case POOR_SUMMARY -> "checkup.poorSummary.text";
          case DUPLICATE -> "checkup.duplicate.text";
          case NEAR_DUPLICATE -> "checkup.nearDuplicate.text";
        });
  }

  /** What the button says that mends all that were found. */
  static String mend(Finding finding, int count, Messages messages) {
    return switch (finding) {
      case BLANK_SCOPE -> messages.get("checkup.blankScope.mend", count);
      case MAPPED_CATEGORY -> messages.get("checkup.mappedCategory.mend", count);
      case POOR_SUMMARY -> messages.get("checkup.poorSummary.mend", count);
      case DUPLICATE, NEAR_DUPLICATE -> messages.get("checkup.mergeAll", count);
    };
  }
}

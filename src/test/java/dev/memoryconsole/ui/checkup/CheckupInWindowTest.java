package dev.memoryconsole.ui.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import javafx.scene.layout.Region;
import org.junit.jupiter.api.Test;

/** The store is looked through in the background, and what was found is shown and mended. */
class CheckupInWindowTest extends CheckupWindowTest {
  @Test
  void blankScopesAreFoundAndGivenOne() throws Exception {
    Path store = services.store("a.db", untidy());
    show(store);
    check();
    assertThat(label("#checkupSentence")).startsWith("Looked at 11 memories just now: 11 things");
    assertThat(label("#checkupName")).isEqualTo("No scope");
    assertThat(items("#checkupFound")).isEqualTo(2);
    assertThat(words("#checkupMend")).isEqualTo("Give all 2 a scope…");
    press("#checkupMend");
    until(() -> on("#mendHint"));
    run(() -> node("#mendScope", ComboBox.class).getEditor().setText("agent:ops"));
    until(() -> on("#mendTable") && label("#mendTotals").startsWith("2 would change."));
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(Objects.requireNonNull(read(store).get("none2")).scope()).isEqualTo("agent:ops");
    until(() -> label("#checkupSentence").endsWith("The store has changed since."));
    press("#checkupAgain");
    until(() -> label("#checkupSentence").contains(": 9 things were found."));
  }

  @Test
  void wrongCategoriesArePutRight() throws Exception {
    Path store = services.store("a.db", untidy());
    show(store);
    check();
    choose(Finding.MAPPED_CATEGORY);
    until(() -> label("#checkupName").equals("Wrong category"));
    press("#checkupMend");
    until(() -> on("#mendTable") && label("#mendTotals").startsWith("1 would change."));
    assertThat(label("#mendTitle")).isEqualTo("Put right the categories of 1 memory");
    assertThat(on("#mendState")).isFalse();
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    MemoryEntry mended = Objects.requireNonNull(read(store).get("mapped"));
    assertThat(mended.category()).isEqualTo("preference");
    assertThat(mended.metadata()).contains("\"memory_category\":\"preferences\"");
  }

  @Test
  void duplicatesAreComparedAndTheOthersArchived() throws Exception {
    Path store = services.store("a.db", untidy());
    show(store);
    check();
    choose(Finding.DUPLICATE);
    until(() -> on("#checkupGroups") && items("#checkupGroups") == 2);
    until(() -> on("#keptText"));
    // The one that was recalled most is kept.
    assertThat(shownText("#keptText")).isEqualTo(GRADLE.toUpperCase(Locale.ROOT));
    assertThat(shownText("#otherText")).isEqualTo(GRADLE);
    assertThat(label("#groupPosition")).isEqualTo("1 of 2");
    press("#groupKeep");
    until(() -> shownText("#keptText").equals(GRADLE));
    press("#groupNext");
    until(() -> label("#groupPosition").equals("2 of 2"));
    assertThat(othersSay("groupArchive")).isEqualTo("Archive the other 2…");
    pressOthers("groupArchive");
    until(() -> on("#mendTable") && label("#mendTotals").startsWith("2 would change."));
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(archived(store)).containsExactly("same2", "same3");
  }

  @Test
  void aMemoryThatWasFoundIsOpened() throws Exception {
    show(services.store("a.db", untidy()));
    check();
    run(() -> node("#checkupFound", ListView.class).getSelectionModel().select(1));
    press("#checkupOpen");
    until(() -> label("#title").equals("Nor for that."));
    press("#checkup");
    choose(Finding.NEAR_DUPLICATE);
    until(() -> on("#otherCard"));
    run(() -> node("#otherCard .hyperlink", Hyperlink.class).fire());
    until(() -> !on("#checkupFindings"));
    until(() -> on("#title") && label("#title").startsWith("Prefers Gradle"));
  }

  @Test
  void wordsThatDifferAreMarked() throws Exception {
    show(services.store("a.db", untidy()));
    check();
    choose(Finding.NEAR_DUPLICATE);
    until(() -> on("#otherText"));
    until(() -> marks("#keptText") > 0 && marks("#otherText") > 0);
    assertThat(shownText("#otherText")).contains("often a day");
  }

  private int marks(String selector) {
    return ask(
        () ->
            node(selector, Region.class).lookupAll(".diff-mark").stream()
                .mapToInt(mark -> ((javafx.scene.shape.Path) mark).getElements().size())
                .sum());
  }

  @Test
  void theOthersOfAGroupAreDeletedAndPutBackByAnUndo() throws Exception {
    Path store = services.store("a.db", untidy());
    Map<String, MemoryEntry> before = read(store);
    show(store);
    check();
    choose(Finding.DUPLICATE);
    until(() -> on("#keptText"));
    pressOthers("groupDelete");
    until(() -> on("#mendTable") && label("#mendTotals").startsWith("2 would be deleted."));
    assertThat(label("#mendTitle")).isEqualTo("Delete 2 memories");
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(read(store)).doesNotContainKeys("same1", "same3").containsKey("same2");
    press("#runs");
    until(() -> on("#undoRun"));
    press("#undoRun");
    press("#yes");
    until(() -> says("Run 2: undo done"));
    // What is put back is one write more.
    assertThat(read(store).values())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("version")
        .containsExactlyInAnyOrderElementsOf(before.values());
  }

  @Test
  void theLookIsStoppedAndBegunFromThePalette() throws Exception {
    show(services.store("a.db", untidy()));
    press("#checkup");
    assertThat(on("#checkupFindings")).isFalse();
    key(KeyCode.DIGIT1, true, false);
    key(KeyCode.K, true, false);
    until(() -> on("#paletteTyped"));
    run(() -> node("#paletteTyped", TextField.class).setText("check the memories"));
    key(KeyCode.ENTER, false, false);
    until(() -> on("#checkupFindings"));
    assertThat(says("11 things were found")).isTrue();
  }

  @Test
  void picturesOfANarrowWindow() throws Exception {
    show(services.store("a.db", untidy()), Locale.SIMPLIFIED_CHINESE, Theme.DARK, 900, 560);
    check();
    Pictures.shoot(stage, "93-checkup-narrow");
    choose(Finding.DUPLICATE);
    until(() -> on("#keptText"));
    Pictures.shoot(stage, "94-duplicates-narrow");
  }

  @Test
  void nothingIsCutOffInANarrowWindow() throws Exception {
    show(services.store("a.db", untidy()), Locale.ENGLISH, Theme.LIGHT, 900, 560);
    check();
    choose(Finding.DUPLICATE);
    until(() -> on("#keptText"));
    Pictures.shoot(stage, "94-duplicates-narrow-english");
    double edge = ask(() -> stage.getScene().getWidth());
    for (String button : List.of("#groupMerge", "#checkupMend", "#checkupAgain")) {
      assertThat(
              ask(
                  () -> {
                    ButtonBase one = node(button, ButtonBase.class);
                    return one.localToScene(one.getBoundsInLocal()).getMaxX();
                  }))
          .as(button)
          .isLessThan(edge);
    }
  }
}

package dev.memoryconsole.ui.checkup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.memory.MemoryEntry;
import dev.memoryconsole.memory.MetadataJson;
import dev.memoryconsole.mend.Keep;
import dev.memoryconsole.mend.find.Finding;
import dev.memoryconsole.settings.look.Theme;
import dev.memoryconsole.ui.Pictures;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ComboBox;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Duplicates are merged from the check-up: after a look at what the kept ones will hold. */
class MergeInWindowTest extends CheckupWindowTest {
  private void open(Path store) {
    show(store);
    check();
    choose(Finding.DUPLICATE);
    until(() -> on("#keptText"));
  }

  private boolean cellSays(String words) {
    return ask(
        () ->
            node("#mendTable", TableView.class).lookupAll(".table-cell").stream()
                .anyMatch(
                    cell -> cell instanceof TableCell<?, ?> one && words.equals(one.getText())));
  }

  private static int recalled(Map<String, MemoryEntry> rows, String id) {
    return MetadataJson.objectOrEmpty(Objects.requireNonNull(rows.get(id)).metadata())
        .path("access_count")
        .asInt();
  }

  private void untilTotals(String start) {
    until(() -> on("#mendTable") && label("#mendTotals").startsWith(start));
  }

  @SuppressWarnings("unchecked")
  private <T> void set(String box, T value) {
    run(() -> ((ComboBox<T>) node(box, ComboBox.class)).setValue(value));
  }

  private void select(int row) {
    run(
        () -> {
          TableView<?> table = node("#mendTable", TableView.class);
          table.requestFocus();
          table.getSelectionModel().select(row);
        });
  }

  @Test
  void aGroupIsMergedAndBroughtBackByTheNotice() throws Exception {
    Path store = services.store("a.db", untidy());
    Map<String, MemoryEntry> before = read(store);
    open(store);
    assertThat(words("#groupMerge")).isEqualTo("Merge these 3…");
    press("#groupMerge");
    untilTotals("1 memory would be kept, with what was counted of all, and 2 archived.");
    assertThat(label("#mendTitle")).isEqualTo("Merge 1 group of duplicates");
    assertThat(on("#mendState")).isFalse();
    assertThat(cellSays("kept; Recalled: 9 → 11  ·  Put into prompts: – → 1")).isTrue();
    assertThat(cellSays("state: – → archived")).isTrue();
    assertThat(words("#mendRun")).isEqualTo("Merge these 3");
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(archived(store)).containsExactly("same1", "same3");
    assertThat(recalled(read(store), "same2")).isEqualTo(11);
    // What was archived is of the group no more.
    until(() -> on("#groupGone"));
    press("#noticeOffer");
    press("#yes");
    until(() -> says("Run 2: undo done"));
    assertThat(read(store))
        .allSatisfy(
            (id, row) ->
                assertThat(row.metadata())
                    .isEqualTo(Objects.requireNonNull(before.get(id)).metadata()));
    until(() -> on("#keptText"));
  }

  @Test
  void whichOneIsKeptAndWhatBecomesOfTheOthersIsChosen() throws Exception {
    Path store = services.store("a.db", untidy());
    Map<String, MemoryEntry> before = read(store);
    open(store);
    press("#checkupMend");
    untilTotals("2 memories would be kept, each with what was counted of its group, and 3");
    set("#mendKeeps", Keep.OLDEST);
    untilTotals("2 memories would be kept");
    until(() -> cellSays("kept; Recalled: – → 11  ·  Put into prompts: – → 1"));
    assertThat(ask(() -> button("#mendKeep").isDisabled())).isTrue();
    select(2);
    press("#mendKeep");
    until(() -> cellSays("kept; Recalled: 2 → 11"));
    set("#mendOthers", true);
    untilTotals(
        "2 memories would be kept, each with what was counted of its group, and 3 deleted.");
    assertThat(cellSays("kept; Recalled: 2 → 11")).isTrue();
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    Map<String, MemoryEntry> after = read(store);
    assertThat(after).containsKeys("same1", "twin2").doesNotContainKeys("same2", "same3", "twin1");
    assertThat(recalled(after, "same1")).isEqualTo(11);
    press("#undo");
    press("#yes");
    until(() -> says("Run 2: undo done"));
    assertThat(read(store).keySet()).isEqualTo(before.keySet());
    assertThat(recalled(read(store), "same1")).isEqualTo(2);
  }

  @Test
  void whatWasChosenBesideTheOtherIsKept() throws Exception {
    Path store = services.store("a.db", untidy());
    open(store);
    press("#groupKeep");
    until(() -> shownText("#keptText").equals(GRADLE));
    press("#checkupMend");
    untilTotals("2 memories would be kept");
    until(() -> cellSays("kept; Recalled: 2 → 11"));
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(archived(store)).containsExactly("same2", "same3", "twin1");
  }

  @Test
  void aGroupIsTakenOutWhole() throws Exception {
    Path store = services.store("a.db", untidy());
    open(store);
    press("#checkupMend");
    untilTotals("2 memories would be kept");
    select(1);
    key(KeyCode.SPACE, false, false);
    untilTotals("1 memory would be kept, with what was counted of all, and 1 archived; 1 group");
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(archived(store)).hasSize(1).allMatch(id -> id.startsWith("twin"));
  }

  @Test
  void manyAreMergedOnlyOnceTheirNumberIsTyped() throws Exception {
    List<MemoryEntry> rows = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      rows.add(row("same" + i, GRADLE, "global", "{\"access_count\":" + i + "}", i));
    }
    Path store = services.store("a.db", rows);
    open(store);
    press("#groupMerge");
    untilTotals("1 memory would be kept");
    assertThat(ask(() -> node("#mendRun", ButtonBase.class).isDisabled())).isTrue();
    run(() -> node("#mendNumber", TextField.class).setText("12"));
    press("#mendRun");
    until(() -> says("Run 1: mend done"));
    assertThat(archived(store)).hasSize(11);
    assertThat(recalled(read(store), "same11")).isEqualTo(66);
  }

  @ParameterizedTest
  @EnumSource(Theme.class)
  void picturesOfANarrowWindow(Theme theme) throws Exception {
    Path store = services.store("a.db", untidy());
    String suffix = "-" + theme.name().toLowerCase(Locale.ROOT);
    show(store, theme == Theme.LIGHT ? Locale.ENGLISH : Locale.SIMPLIFIED_CHINESE, theme, 900, 560);
    check();
    choose(Finding.DUPLICATE);
    until(() -> on("#keptText"));
    Pictures.shoot(stage, "95-duplicates-narrow" + suffix);
    press("#checkupMend");
    until(() -> on("#mendTable") && rowsOf() == 5);
    select(1);
    assertThat(ask(() -> button("#mendKeep").isDisabled())).isFalse();
    Pictures.shoot(stage, "96-merge-narrow" + suffix);
    press("#mendClose");
  }

  private int rowsOf() {
    return node("#mendTable", TableView.class).getItems().size();
  }
}

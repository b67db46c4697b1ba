package dev.memoryconsole.ui.shell;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.controls.Notification;
import com.sun.javafx.stage.WindowHelper;
import dev.memoryconsole.journal.EntryRecord;
import dev.memoryconsole.journal.EntryState;
import dev.memoryconsole.ui.Pictures;
import dev.memoryconsole.ui.WindowTest;
import dev.memoryconsole.upgrade.EntryOutcome;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.control.Labeled;
import javafx.scene.control.TableView;
import javafx.scene.control.ToggleButton;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What the run bar says and offers, and what of one run must not reach the next. */
class RunBarInWindowTest extends WindowTest {
  private final CountDownLatch chosen = new CountDownLatch(1);

  @AfterEach
  void letGo() {
    chosen.countDown();
  }

  private TableView<?> outcomes() {
    return node("#outcomes", TableView.class);
  }

  @Test
  void theFilterOfOneRunIsNotThatOfTheNext() throws Exception {
    services.enricher.fail("m01", "The model did not answer within 30 s.");
    show(services.store("a.db", legacy(6)));
    click(0, true, false);
    click(1, true, false);
    press("#upgradeSelected");
    until(() -> says("Run 1 done"));
    run(() -> chip("1 fallback").fire());
    until(() -> on("#outcomes") && outcomes().getItems().size() == 1);
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 2 done"));
    until(() -> outcomes().getItems().size() == 4);
    assertThat(ask(() -> chip("4 upgraded").isSelected())).isFalse();
  }

  /** More outcomes than are read in one go. */
  @Test
  void theLastOfManyOutcomesIsReadWhenItIsLookedAt() throws Exception {
    services.enricher.fail("m02", "The model did not answer within 30 s.");
    services.enricher.fail("m449", "The model did not answer within 30 s.");
    show(services.store("a.db", legacy(450)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
    run(() -> chip("448 upgraded").fire());
    until(() -> on("#outcomes") && outcomes().getItems().size() == 448);
    until(() -> ((EntryOutcome) outcomes().getItems().get(447)).outcome() == EntryState.UPGRADED);
    run(() -> chip("448 upgraded").fire());
    run(() -> chip("2 fallback").fire());
    until(() -> outcomes().getItems().size() == 2);
    until(() -> ids().equals(Set.of("m02", "m449")));
  }

  private Set<String> ids() {
    return outcomes().getItems().stream()
        .map(row -> ((EntryOutcome) row).id())
        .collect(Collectors.toSet());
  }

  private ToggleButton chip(String words) {
    return root().lookupAll(".run-bar .chip").stream()
        .map(ToggleButton.class::cast)
        .filter(chip -> visible(chip) && words.equals(chip.getText()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aRunThatIsAboutToBeginSaysSoAndCanBeStopped() throws Exception {
    show(services.store("a.db", legacy(6)));
    press("#upgradeAll");
    until(() -> on("#yes"));
    services.choosing = () -> await(chosen);
    press("#yes");
    until(() -> says("Choosing the memories…"));
    assertThat(button("#upgradeAll").isDisabled()).isTrue();
    services.enricher.hold();
    press("#cancel");
    until(() -> !says("Choosing the memories…"));
    chosen.countDown();
    // Not at all, or not any more.
    until(() -> !on("#runBar") || says("Run 1 cancelled"));
    until(() -> !button("#upgradeAll").isDisabled());
    assertThat(says("6 memories  ·  6 legacy")).isTrue();
    services.enricher.release();
    services.choosing = () -> {};
    press("#upgradeAll");
    press("#yes");
    until(() -> says("6 memories  ·  0 legacy"));
  }

  /** Interrupted as a store is. */
  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void aFinishedRunIsTakenBackFromItsBar() throws Exception {
    show(services.store("a.db", legacy(6)));
    press("#upgradeAll");
    press("#yes");
    until(() -> says("Run 1 done"));
    press("#undo");
    until(() -> says("takes back what run 1 wrote in 6 memories"));
    press("#yes");
    until(() -> says("Run 2: undo done"));
    until(() -> says("6 memories  ·  6 legacy"));
  }

  @Test
  void theNoticeOfARunsEndOffersToTakeItBackAndLiesOverNothingElse() throws Exception {
    show(services.store("a.db", legacy(6)));
    click(0, false, false);
    until(() -> on(".details"));
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#noticeOffer"));
    Bounds notice = ask(() -> inScene(".notification"));
    for (String other :
        new String[] {"#content", ".details", "#runBar", ".top-bar", ".action-bar", ".rail"}) {
      assertThat(notice.intersects(ask(() -> inScene(other)))).as(other).isFalse();
    }
    press("#noticeOffer");
    until(() -> says("takes back what run 1 wrote in 6 memories"));
    assertThat(on(".notification")).isFalse();
  }

  @Test
  void inTheSmallestWindowNoScreenLiesUnderANotice() throws Exception {
    show(services.store("a.db", legacy(6)));
    run(
        () -> {
          stage.setWidth(900);
          stage.setHeight(560);
        });
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#noticeOffer"));
    for (String screen : new String[] {"#locks", "#runs", "#memories"}) {
      press(screen);
      until(
          () ->
              !ask(() -> inScene(".notification")).intersects(ask(() -> inScene("#content")))
                  && ask(() -> inScene("#content")).getHeight() > 200);
      Pictures.shoot(stage, "95-notice-" + screen.substring(1));
      assertThat(ask(() -> inScene(".notification")).intersects(ask(() -> inScene("#runBar"))))
          .as(screen)
          .isFalse();
    }
    press("#expand");
    until(() -> !ask(() -> inScene(".notification")).intersects(ask(() -> inScene("#panes"))));
    press("#expand");
    double with = ask(() -> inScene("#content")).getHeight();
    run(() -> node(".notification", Notification.class).getOnClose().handle(null));
    until(() -> ask(() -> inScene("#content")).getHeight() > with);
  }

  private Bounds inScene(String selector) {
    Node node = node(selector, Node.class);
    return node.localToScene(node.getLayoutBounds());
  }

  @Test
  void whatWasSaidOfOneStoreIsNotSaidOfTheNext() throws Exception {
    show(services.store("a.db", legacy(6)));
    press("#upgradeAll");
    press("#yes");
    until(() -> on("#noticeOffer"));
    picked = services.store("b.db", legacy(3));
    choose("openItem");
    until(() -> says("3 memories  ·  3 legacy"));
    assertThat(
            ask(
                () ->
                    root().lookupAll(".notification").stream()
                        .map(Notification.class::cast)
                        .map(Notification::getMessage)
                        .toList()))
        .isEmpty();
  }

  @Test
  void theTitleSaysHowFarARunIsAndTheDesktopWhenItEnds() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(8)));
    assertThat(ask(stage::getTitle)).isEqualTo("a.db – Memory Console");
    press("#upgradeAll");
    press("#yes");
    services.enricher.permit(4);
    until(() -> Objects.equals(stage.getTitle(), "50% · Run 1 · a.db – Memory Console"));
    run(() -> WindowHelper.setFocused(stage, false));
    // Nobody is called for what took a moment.
    long begun = System.nanoTime();
    until(() -> System.nanoTime() - begun > 3_200_000_000L);
    services.enricher.release();
    until(() -> says("Run 1 done"));
    until(() -> !services.notified.isEmpty());
    assertThat(services.notified)
        .containsExactly("a.db: Run 1 done: 8 of 8 memories were written.");
    assertThat(ask(stage::getTitle)).isEqualTo("Run 1 done · a.db – Memory Console");
    run(() -> WindowHelper.setFocused(stage, true));
    until(() -> Objects.equals(stage.getTitle(), "a.db – Memory Console"));
  }

  @Test
  void nobodyIsAtWorkOnTheEntriesOfARunThatIsOver() throws Exception {
    services.enricher.hold();
    show(services.store("a.db", legacy(30)));
    press("#upgradeAll");
    press("#yes");
    until(() -> services.enricher.waiting() > 0);
    press("#runs");
    until(() -> on("#runEntries") && saysInTable("at work"));
    press("#cancel");
    until(() -> says("Run 1 cancelled"));
    services.enricher.release();
    until(() -> !saysInTable("at work") && loaded());
    assertThat(saysInTable("cancelled") || saysInTable("not reached")).isTrue();
  }

  private boolean loaded() {
    return ((EntryRecord) node("#runEntries", TableView.class).getItems().getFirst()).position()
        >= 0;
  }

  private boolean saysInTable(String words) {
    return ask(
        () ->
            node("#runEntries", TableView.class).lookupAll(".state-badge").stream()
                .anyMatch(
                    badge ->
                        badge instanceof Labeled label
                            && visible(label)
                            && words.equals(label.getText())));
  }
}

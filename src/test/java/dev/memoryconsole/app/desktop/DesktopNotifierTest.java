package dev.memoryconsole.app.desktop;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class DesktopNotifierTest {
  private static final String TITLE = "--app-name=x";
  private static final String TEXT = "a\n<b>&\" & do shell script \"x";

  @Test
  void linuxIsGivenNoOptionsAndNoMarkup() {
    assertThat(DesktopNotifier.command("Linux", TITLE, TEXT).orElseThrow())
        .containsExactly(
            "notify-send", "--", TITLE, "a &lt;b&gt;&amp;\" &amp; do shell script \"x");
  }

  @Test
  void macIsGivenNoPartOfAScript() {
    List<String> command = DesktopNotifier.command("Mac OS X", TITLE, TEXT).orElseThrow();
    assertThat(command.subList(command.size() - 2, command.size()))
        .containsExactly(TITLE, "a <b>&\" & do shell script \"x");
    assertThat(command.subList(0, command.size() - 2)).noneMatch(part -> part.contains("shell"));
  }

  @Test
  void windowsShowsNone() {
    assertThat(DesktopNotifier.command("Windows 11", TITLE, TEXT)).isEmpty();
  }
}

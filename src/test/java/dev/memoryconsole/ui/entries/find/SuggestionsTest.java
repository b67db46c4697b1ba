package dev.memoryconsole.ui.entries.find;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** How what is typed may go on. */
class SuggestionsTest {
  private final Suggestions suggestions =
      new Suggestions(() -> List.of("global"), () -> List.of("fact"));

  private List<String> offered(String typed) {
    return suggestions.at(typed, typed.length()).stream().map(one -> one.in(typed)).toList();
  }

  @Test
  void keysOfTheMetadataAreOfferedBehindTheirPrefix() {
    assertThat(offered("me")).containsExactly("meta.");
    assertThat(offered("gradle meta.l"))
        .containsExactly(
            "gradle meta.last_accessed_at:",
            "gradle meta.last_injected_at:",
            "gradle meta.last_confirmed_use_at:",
            "gradle meta.l0_abstract:",
            "gradle meta.l1_overview:",
            "gradle meta.l2_content:");
    assertThat(offered("META.acc")).containsExactly("meta.access_count:");
    assertThat(offered("meta.access_count:")).isEmpty();
  }

  @Test
  void valuesAreOfferedBehindAKey() {
    assertThat(offered("scope:g")).containsExactly("scope:global");
    assertThat(offered("s")).contains("scope:", "state:", "source:").doesNotContain("global");
  }
}

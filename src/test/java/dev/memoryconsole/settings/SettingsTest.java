package dev.memoryconsole.settings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.memoryconsole.exchange.Retention;
import dev.memoryconsole.settings.look.Appearance;
import dev.memoryconsole.settings.look.Language;
import dev.memoryconsole.settings.look.Theme;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
  private static final Appearance DARK = new Appearance(Theme.DARK, Language.CHINESE, 150, false);

  @TempDir private Path folder;

  @Test
  void settingsSurviveARestart() throws Exception {
    Path file = folder.resolve("deep/settings.json");
    new SettingsFile(file).update(now -> now.withAppearance(DARK).withRecent("/a.db"));
    Settings loaded = new SettingsFile(file).load();
    assertThat(loaded.appearance()).isEqualTo(DARK);
    assertThat(loaded.recentOrDefault()).containsExactly("/a.db");
    try (var files = Files.list(folder.resolve("deep"))) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void aBrokenFileIsAFreshStart() throws Exception {
    Path file = Files.writeString(folder.resolve("settings.json"), "{\"theme\": 12, broken");
    assertThat(new SettingsFile(file).load()).isEqualTo(Settings.DEFAULT);
  }

  @Test
  void settingsOfOlderVersionsTakeSnapshots() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("settings.json"), "{\"theme\":\"DARK\",\"recent\":[\"/a.db\"]}");
    Settings loaded = new SettingsFile(file).load();
    assertThat(loaded.snapshotsOrDefault()).isTrue();
    assertThat(loaded.snapshotsKeptOrDefault()).isEqualTo(5);
    assertThat(loaded.recentOrDefault()).containsExactly("/a.db");
  }

  @Test
  void aWindowOfAnOlderVersionLooksAsItDidAndSpeaksTheSystemsLanguage() throws Exception {
    Path file = Files.writeString(folder.resolve("settings.json"), "{\"theme\":\"DARK\"}");
    assertThat(new SettingsFile(file).load().appearance())
        .isEqualTo(new Appearance(Theme.DARK, null, 100, true));
  }

  @Test
  void whatCanNotBeReadOfTheLooksCostsNothingElse() throws Exception {
    Path file =
        Files.writeString(
            folder.resolve("settings.json"),
            "{\"theme\":\"PINK\",\"language\":\"KLINGON\",\"textSize\":4000,\"recent\":[\"/a.db\"]}");
    Settings loaded = new SettingsFile(file).load();
    assertThat(loaded.appearance()).isEqualTo(new Appearance(null, null, 200, true));
    assertThat(loaded.recentOrDefault()).containsExactly("/a.db");
  }

  @Test
  void theRulesForSnapshotsSurviveARestartAndOtherChanges() {
    Path file = folder.resolve("settings.json");
    new SettingsFile(file).update(now -> now.withSnapshots(false, 9, 3));
    new SettingsFile(file).update(now -> now.withAppearance(DARK).withRecent("/a.db"));
    Settings loaded = new SettingsFile(file).load();
    assertThat(loaded.snapshotsOrDefault()).isFalse();
    assertThat(loaded.snapshotsKeptOrDefault()).isEqualTo(9);
    assertThat(loaded.snapshotsGigabytesOrDefault()).isEqualTo(3);
  }

  @Test
  void theNewestSnapshotIsKeptWhateverTheSettingsSay() {
    assertThat(Settings.DEFAULT.withSnapshots(true, -3, 2).snapshotsKeptOrDefault()).isEqualTo(1);
    assertThat(Settings.DEFAULT.withSnapshots(true, 9_999, 2).snapshotsKeptOrDefault())
        .isEqualTo(Settings.SNAPSHOTS_MOST);
    assertThat(Settings.DEFAULT.withSnapshots(true, 5, 0).snapshotsGigabytesOrDefault())
        .isEqualTo(1);
    assertThat(Settings.DEFAULT.snapshotsGigabytesOrDefault() * Retention.GIGABYTE)
        .isEqualTo(Retention.DEFAULT_BYTES);
  }

  @Test
  void recentStoresAreFewAndTheLatestComesFirst() {
    Settings settings = Settings.DEFAULT;
    for (int i = 0; i < 20; i++) {
      settings = settings.withRecent("/" + i);
    }
    settings = settings.withRecent("/15");
    assertThat(settings.recentOrDefault())
        .hasSize(Settings.RECENT_KEPT)
        .startsWith("/15", "/19")
        .doesNotHaveDuplicates();
  }

  @Test
  void theWorkspaceIsWhereThePlatformWantsIt() {
    assertThat(Workspace.of("Linux", "/home/x", Map.of()).directory())
        .isEqualTo(Path.of("/home/x/.local/share/memory-console"));
    assertThat(Workspace.of("Linux", "/home/x", Map.of("XDG_DATA_HOME", "/data")).directory())
        .isEqualTo(Path.of("/data/memory-console"));
    assertThat(Workspace.of("Linux", "/home/x", Map.of("XDG_DATA_HOME", "relative")).directory())
        .isEqualTo(Path.of("/home/x/.local/share/memory-console"));
    assertThat(Workspace.of("Mac OS X", "/Users/x", Map.of()).directory())
        .isEqualTo(Path.of("/Users/x/Library/Application Support/memory-console"));
  }

  @Test
  void homeIsWhereShellsSayThatItIs() {
    Map<String, String> moved = Map.of("HOME", "/srv/agent");
    assertThat(Workspace.homeOf("Linux", "/root", moved)).isEqualTo(Path.of("/srv/agent"));
    assertThat(Workspace.homeOf("Mac OS X", "/Users/x", Map.of())).isEqualTo(Path.of("/Users/x"));
    assertThat(Workspace.homeOf("Linux", "/home/x", Map.of("HOME", "a")))
        .isEqualTo(Path.of("/home/x"));
    // There it is what some shells take along from elsewhere.
    assertThat(Workspace.homeOf("Windows 11", "/home/x", moved)).isEqualTo(Path.of("/home/x"));
  }
}

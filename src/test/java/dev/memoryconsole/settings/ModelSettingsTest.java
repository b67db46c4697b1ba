package dev.memoryconsole.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.memoryconsole.message.Wording;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelSettingsTest {
  @TempDir private Path folder;

  @Test
  void theModelSurvivesARestart() {
    SettingsFile file = new SettingsFile(folder.resolve("settings.json"));
    ModelSettings model =
        ModelSettings.of(Preset.OPENAI)
            .withGeneration(0.2, "low")
            .withCost(Price.of("0.25", "2"), new BigDecimal("1.50"))
            .withPrivacy(true, List.of("box:8080"))
            .withLimits(
                ModelLimits.DEFAULT
                    .withTimes(Duration.ofSeconds(30), Duration.ofSeconds(90))
                    .withConcurrency(16)
                    .withRates(60, 90_000));
    file.update(now -> now.withModel(model).withPrices(Map.of("mine", Price.FREE)));
    Settings loaded = new SettingsFile(folder.resolve("settings.json")).load();
    assertThat(loaded.configuredModel()).contains(model);
    assertThat(loaded.pricesOrDefault()).containsOnlyKeys("mine");
  }

  @Test
  void aKeyInPlaceOfItsPlaceIsNeitherSavedNorSaid() throws Exception {
    Path path = folder.resolve("settings.json");
    SettingsFile file = new SettingsFile(path);
    for (KeySource source :
        List.of(
            KeySource.ofEnvironment("sk-proj-canary-0123456789"),
            KeySource.ofEnvironment("gsk_canary0123456789"),
            KeySource.ofKeychain("sk-canary0123456789"),
            KeySource.ofKeychain("canary0123456789canary0123456789ab"))) {
      ModelSettings model = ModelSettings.of(Preset.OPENAI).with("https://x/v1", "m", source);
      assertThatThrownBy(() -> file.update(now -> now.withModel(model)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageNotContaining("canary");
      assertThat(Wording.ENGLISH.of(model.problem().orElseThrow())).doesNotContain("canary");
    }
    assertThatThrownBy(
            () ->
                file.update(
                    now ->
                        now.withModel(
                            ModelSettings.of(Preset.CUSTOM)
                                .with("https://u:canary@x/v1", "m", KeySource.NONE))))
        .hasMessageNotContaining("canary");
    assertThat(Files.exists(path)).isFalse();
  }

  @ParameterizedTest
  @EnumSource(Preset.class)
  void eachPresetIsUsableOnceAModelIsNamed(Preset preset) {
    ModelSettings settings = ModelSettings.of(preset);
    String url = settings.baseUrl().isEmpty() ? "https://x/v1" : settings.baseUrl();
    assertThat(settings.with(url, "m", settings.key()).problem()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://api.openai.com/v1/",
        "http://localhost:1234/v1",
        "http://127.0.0.1:8000",
        "http://127.9.9.9/v1",
        "http://[::1]:8000/v1"
      })
  void encryptedOrLocalIsFine(String url) {
    assertThat(Endpoint.problem(url, List.of())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "http://192.168.1.5:8000/v1",
        "http://localhost.example.com/v1",
        "http://127.0.0.1.example.com/v1",
        "http://0.0.0.0:8000/v1"
      })
  void plainHttpToAnotherMachineNeedsConfirmation(String url) {
    assertThat(Endpoint.problem(url, List.of())).isPresent();
    assertThat(Endpoint.problem(url, List.of(Endpoint.of(url).host()))).isEmpty();
  }

  @Test
  void aFileWithHalfAModelGetsDefaults() throws Exception {
    Path path =
        Files.writeString(
            folder.resolve("settings.json"),
            "{\"model\":{\"baseUrl\":\"https://x/v1\",\"limits\":{\"concurrency\":-3}}}");
    ModelSettings model = new SettingsFile(path).load().configuredModel().orElseThrow();
    assertThat(model.preset()).isEqualTo(Preset.CUSTOM);
    assertThat(model.limits()).isEqualTo(ModelLimits.DEFAULT);
    assertThat(model.key()).isEqualTo(KeySource.NONE);
  }

  @Test
  void aSecretIsNeverPrinted() {
    Secret secret = new Secret(" canary-key \n");
    assertThat(secret.toString()).isEqualTo("***");
    assertThat(secret.reveal()).isEqualTo("canary-key");
    assertThat(secret.maskIn("Incorrect key: canary-key.")).isEqualTo("Incorrect key: ***.");
    assertThat(new Secret("a\u0000b").isUsable()).isFalse();
  }

  @Test
  void theKeychainIsAskedThroughItsProgram() throws Exception {
    Path program = folder.resolve("keychain");
    Files.writeString(program, "#!/bin/sh\n[ \"$2\" = known ] && echo canary-key || exit 1\n");
    assertThat(program.toFile().setExecutable(true)).isTrue();
    SystemKeychain keychain =
        new SystemKeychain(List.of(program.toString(), "lookup"), "keychain add");
    KeyLookup lookup = new KeyLookup(name -> null, keychain);
    assertThat(lookup.find(KeySource.ofKeychain("known")).orElseThrow().reveal())
        .isEqualTo("canary-key");
    assertThatThrownBy(() -> lookup.find(KeySource.ofKeychain("unknown")))
        .isInstanceOf(KeySource.KeyNotFoundException.class)
        .hasMessageContaining("add it with: keychain add 'unknown'");
    assertThatThrownBy(
            () ->
                new KeyLookup(name -> null, new SystemKeychain(List.of("/no/such/program"), "x"))
                    .find(KeySource.ofKeychain("known")))
        .isInstanceOf(KeySource.KeyNotFoundException.class)
        .hasMessageContaining("can't be started");
    assertThat(SystemKeychain.of("Windows 11").isSupported()).isFalse();
    assertThat(SystemKeychain.of("Mac OS X").howToAdd("openai"))
        .isEqualTo("security add-generic-password -w -s memory-console -a 'openai'");
  }
}

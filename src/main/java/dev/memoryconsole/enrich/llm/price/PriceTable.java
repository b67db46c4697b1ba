package dev.memoryconsole.enrich.llm.price;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.memoryconsole.settings.Endpoint;
import dev.memoryconsole.settings.ModelSettings;
import dev.memoryconsole.settings.Price;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What models cost: the table that comes with the app, under the admin's own. Prices change; the
 * table is a start, not a promise. Immutable.
 */
public final class PriceTable {
  private static final String RESOURCE = "prices.json";

  /** The file in the app. */
  private record Bundled(String asOf, Map<String, Price> prices) {
    /** Read once, when a price is asked for. */
    private static final class Once {
      static final Bundled FILE = read();
    }
  }

  private final LocalDate asOf;
  private final Map<String, Price> bundled;
  private final Map<String, Price> prices;

  private PriceTable(LocalDate asOf, Map<String, Price> bundled, Map<String, Price> prices) {
    this.asOf = asOf;
    this.bundled = Map.copyOf(bundled);
    this.prices = Map.copyOf(prices);
  }

  /** The app's own table with these prices over it; a price is found by the model's name. */
  public static PriceTable with(Map<String, Price> own) {
    Bundled file = Bundled.Once.FILE;
    Map<String, Price> prices = new TreeMap<>(file.prices());
    own.forEach((model, price) -> prices.put(key(model), price));
    return new PriceTable(LocalDate.parse(file.asOf()), file.prices(), prices);
  }

  private static Bundled read() {
    try (InputStream in =
        Objects.requireNonNull(PriceTable.class.getResourceAsStream(RESOURCE), RESOURCE)) {
      return new ObjectMapper().readValue(in, Bundled.class);
    } catch (IOException e) {
      throw new UncheckedIOException("The price table in the app is damaged.", e);
    }
  }

  /** The day from which the app's own prices are. */
  public LocalDate asOf() {
    return asOf;
  }

  /** The app's own prices by model, without the admin's. */
  public Map<String, Price> bundled() {
    return new TreeMap<>(bundled);
  }

  /** All prices by model, for the settings. */
  public Map<String, Price> prices() {
    return new TreeMap<>(prices);
  }

  /**
   * What a model costs: the price in its settings, else the table's, else nothing if it runs on
   * this machine; empty if not known.
   */
  public Optional<Price> of(ModelSettings settings) {
    return Optional.ofNullable(settings.price())
        .or(() -> find(key(settings.model())))
        .or(
            () ->
                Endpoint.of(settings.baseUrl()).isLoopback()
                    ? Optional.of(Price.FREE)
                    : Optional.empty());
  }

  private Optional<Price> find(String model) {
    if (model.endsWith(":free")) {
      return Optional.of(Price.FREE);
    }
    Optional<Price> exact = Optional.ofNullable(prices.get(model));
    if (exact.isPresent()) {
      return exact;
    }
    // Routers put the vendor in front, vendors a date behind.
    String bare =
        model
            .substring(model.lastIndexOf('/') + 1)
            .replaceFirst("[-@](20\\d{6}|20\\d\\d-\\d\\d-\\d\\d|latest)$", "")
            .replace('.', '-');
    return prices.entrySet().stream()
        .filter(entry -> entry.getKey().replace('.', '-').equals(bare))
        .map(Map.Entry::getValue)
        .findFirst();
  }

  private static String key(String model) {
    return model.strip().toLowerCase(Locale.ROOT);
  }
}

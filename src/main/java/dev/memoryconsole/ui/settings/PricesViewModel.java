package dev.memoryconsole.ui.settings;

import dev.memoryconsole.enrich.llm.price.PriceTable;
import dev.memoryconsole.settings.Price;
import dev.memoryconsole.ui.common.text.Messages;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/** The prices of models, the admin's own over the app's. User interface's thread only. */
public final class PricesViewModel {
  /**
   * A model's price.
   *
   * @param own whether the admin set it
   * @param bundled whether the app has one too
   */
  record Row(String model, Price price, boolean own, boolean bundled) {}

  private final Messages messages;
  private final ObservableList<Row> rows = FXCollections.observableArrayList();
  private final ReadOnlyObjectWrapper<Map<String, Price>> own =
      new ReadOnlyObjectWrapper<>(Map.of());

  /** With the words of one language. */
  public PricesViewModel(Messages messages) {
    this.messages = messages;
  }

  ObservableList<Row> rows() {
    return rows;
  }

  /** The admin's own prices as they stand, saved or not. */
  ReadOnlyObjectProperty<Map<String, Price>> own() {
    return own.getReadOnlyProperty();
  }

  void load(Map<String, Price> saved) {
    own.set(Map.copyOf(saved));
    refresh();
  }

  /** That the prices may have changed since the app was made, and from when they are. */
  String hint() {
    return messages.get("prices.hint", messages.numbers().day(PriceTable.with(own.get()).asOf()));
  }

  String whose(Row row) {
    return messages.get(row.own() ? "prices.own" : "prices.bundled");
  }

  static String amount(BigDecimal perMillion) {
    BigDecimal plain = perMillion.stripTrailingZeros();
    return plain.setScale(Math.max(2, plain.scale())).toPlainString();
  }

  /** Sets the price of a model; answers whether it is one. */
  boolean set(String model, String input, String output) {
    String name = model.strip().toLowerCase(Locale.ROOT);
    if (name.isEmpty()
        || !ModelDraft.isAmount(input.strip())
        || !ModelDraft.isAmount(output.strip())) {
      return false;
    }
    Map<String, Price> changed = new TreeMap<>(own.get());
    changed.put(name, Price.of(input.strip(), output.strip()));
    own.set(Map.copyOf(changed));
    refresh();
    return true;
  }

  /** Forgets the admin's price of a model; the app's, if it has one, is in force again. */
  void reset(Row row) {
    Map<String, Price> changed = new TreeMap<>(own.get());
    changed.remove(row.model());
    own.set(Map.copyOf(changed));
    refresh();
  }

  private void refresh() {
    PriceTable table = PriceTable.with(own.get());
    Map<String, Price> bundled = table.bundled();
    rows.setAll(
        table.prices().entrySet().stream()
            .map(
                price ->
                    new Row(
                        price.getKey(),
                        price.getValue(),
                        own.get().containsKey(price.getKey()),
                        bundled.containsKey(price.getKey())))
            .toList());
  }
}

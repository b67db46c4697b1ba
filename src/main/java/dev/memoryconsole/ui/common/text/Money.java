package dev.memoryconsole.ui.common.text;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/** Amounts of US dollars as people read them. Thread-safe. */
public final class Money {
  private static final BigDecimal SMALL = new BigDecimal("0.1");
  private static final BigDecimal SMALLEST = new BigDecimal("0.0001");

  private Money() {}

  /**
   * For example {@code $2.50}, {@code $0.05}, {@code $0.0123}, {@code <$0.0001}; words for what is
   * not known.
   */
  public static String of(Messages messages, @Nullable BigDecimal amount) {
    if (amount == null) {
      return messages.get("money.unknown");
    }
    if (amount.signum() > 0 && amount.compareTo(SMALLEST) < 0) {
      return "<$" + messages.numbers().decimal(SMALLEST, 4);
    }
    int scale = amount.signum() != 0 && amount.compareTo(SMALL) < 0 ? 4 : 2;
    BigDecimal rounded = amount.setScale(scale, RoundingMode.HALF_UP).stripTrailingZeros();
    return "$" + messages.numbers().decimal(rounded, Math.max(2, rounded.scale()));
  }
}

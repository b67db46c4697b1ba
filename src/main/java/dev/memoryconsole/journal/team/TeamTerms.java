package dev.memoryconsole.journal.team;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/**
 * What all who work on a run may use of a model together.
 *
 * @param budget in US dollars; null for as much as it takes
 * @param requestsPerMinute 0 for no limit
 * @param tokensPerMinute 0 for no limit
 */
public record TeamTerms(@Nullable BigDecimal budget, int requestsPerMinute, int tokensPerMinute) {
  /** No limits. */
  public static final TeamTerms NONE = new TeamTerms(null, 0, 0);
}

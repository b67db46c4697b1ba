package dev.memoryconsole.journal.team;

import dev.memoryconsole.enrich.ModelUsage;

/**
 * A console that works on a run, or has worked on it.
 *
 * @param id counted over all runs
 * @param name whose it is: {@code user@machine}
 * @param pid its process there
 * @param since milliseconds since 1970
 * @param isAtWork whether its lease runs
 * @param taken how many entries it has and has not finished
 * @param finished how many entries it has finished
 * @param usage what it has told to have used of a model
 */
public record TeamWorker(
    long id,
    String name,
    long pid,
    long since,
    boolean isAtWork,
    int taken,
    int finished,
    ModelUsage usage) {}

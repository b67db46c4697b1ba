package dev.memoryconsole.mend;

/**
 * One memory of a mend.
 *
 * @param id the memory's id
 * @param plan what is to be done with it
 */
public record PlannedMend(String id, MendPlan plan) {}

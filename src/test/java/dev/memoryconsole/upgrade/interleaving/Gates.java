package dev.memoryconsole.upgrade.interleaving;

import dev.memoryconsole.upgrade.interleaving.Schedule.Place;

/** Told when a run comes to a place where others may do something. */
interface Gates {
  /** Nobody does anything. */
  Gates NOBODY = place -> 0;

  /** Others do what is their turn now; answers how often the run was at that place. */
  int reached(Place place);
}

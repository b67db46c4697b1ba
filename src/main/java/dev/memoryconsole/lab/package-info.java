/**
 * Strategies of locking, tried on a copy of a store beside a plugin and a model that are played.
 */
@NullMarked
package dev.memoryconsole.lab;

import org.jspecify.annotations.NullMarked;

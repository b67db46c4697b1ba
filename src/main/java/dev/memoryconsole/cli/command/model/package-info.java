/**
 * Commands about language models: what an endpoint offers, whether it answers, what a run would
 * cost.
 */
@NullMarked
package dev.memoryconsole.cli.command.model;

import org.jspecify.annotations.NullMarked;

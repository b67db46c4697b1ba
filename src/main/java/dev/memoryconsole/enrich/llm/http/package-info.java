/** The way to an endpoint: transport, proxies, certificates. */
@NullMarked
package dev.memoryconsole.enrich.llm.http;

import org.jspecify.annotations.NullMarked;

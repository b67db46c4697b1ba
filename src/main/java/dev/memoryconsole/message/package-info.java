/**
 * What the program has to say, as codes with typed arguments. A sentence is never built where
 * something happens: it is a {@link dev.memoryconsole.message.Message} there and in the journal,
 * and {@link dev.memoryconsole.message.Wording} makes words of it, in the reader's language, where
 * it is shown.
 *
 * <h2>Add a code</h2>
 *
 * <ol>
 *   <li>A constant in the room's enum, with the types of its arguments: {@code CLOSED(TEXT)} in
 *       {@code StoreCode} is the code {@code store.closed}.
 *   <li>Its English words in the bundle named after the enum, {@code
 *       resources/dev/memoryconsole/message/store.properties}: <code>
 *       closed=The store {0} is closed; open it again.</code>
 *   <li>Its Chinese words in {@code store_zh_CN.properties}, with the same arguments.
 *   <li>Where it happens: {@code throw new StoreException(StoreCode.CLOSED.with(file));}
 *   <li>Nothing else: {@code CodesTest} finds what is missing, and {@code SentencesTest} a sentence
 *       that is still built in code. A room that has none any more is taken from its list.
 * </ol>
 *
 * <h2>A room's first code</h2>
 *
 * The enum is called after the room and ends in {@code Code}:
 *
 * <pre>{@code
 * public enum StoreCode implements MessageCode {
 *   CLOSED(TEXT);
 *
 *   @SuppressWarnings("ImmutableEnumChecker")
 *   private final List<Argument> parameters;
 *
 *   StoreCode(Argument... parameters) {
 *     this.parameters = List.of(parameters);
 *   }
 *
 *   @Override
 *   public List<Argument> parameters() {
 *     return parameters;
 *   }
 * }
 * }</pre>
 *
 * The room's exception extends {@link dev.memoryconsole.message.CodedException}, or implements
 * {@link dev.memoryconsole.message.Coded} where it has another superclass. {@code
 * Coded.message(problem)} is what any exception says.
 *
 * <h2>Words</h2>
 *
 * <ul>
 *   <li>Files are UTF-8. An apostrophe is written once, a brace can't be written.
 *   <li><code>{0}</code> is a text as it is, a number in plain digits (<code>{0,number}</code>
 *       groups them, <code>{0,number,0.0}</code> has a decimal, <code>
 *       {0,choice,1#entry|1&lt;entries}</code> chooses), a duration as {@code 2.5 s}, an instant as
 *       ISO writes it, a nested message in words, texts with commas between them.
 *   <li>A part that differs is a code of its own, given as {@code MESSAGE}. A sentence that may
 *       follow is put behind with {@link dev.memoryconsole.message.Message#then}.
 *   <li>What others said (an endpoint, the system, a driver) is a {@code TEXT}, or {@link
 *       dev.memoryconsole.message.Message#verbatim} where a message is wanted.
 *   <li>A constant's name is kept in journals: one that was released is never renamed, nor are its
 *       arguments changed. A sentence that takes others gets a new constant.
 * </ul>
 */
@NullMarked
package dev.memoryconsole.message;

import org.jspecify.annotations.NullMarked;

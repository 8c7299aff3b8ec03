/**
 * A reply in the shapes of RESP2: text and bytes are a `Buffer`, an integer is its digits, so that none is rounded.
 * An error is one only inside an array, from a transaction or a script.
 */
export type Reply = null | string | Buffer | Error | readonly Reply[];

/**
 * A reply in the shapes of RESP2. Text and bytes are a `Buffer`. An integer is its digits as text, so that it isn't rounded.
 * Errors occur only inside an array, from a transaction or a script.
 */
export type Reply = null | string | Buffer | Error | readonly Reply[];

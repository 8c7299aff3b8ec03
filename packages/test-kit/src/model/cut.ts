/**
 * How an answer is cut into events: the pieces in order, which together are the answer. Cuts fall between UTF-16 code units, so
 * they may even split a surrogate pair.
 *
 * `requestNumber` counts the answers given before, so that a cut can move from request to request.
 */
export type Cut = (answer: string, requestNumber: number) => readonly string[];

/** One event holds the whole answer. */
export const cutNowhere: Cut = (answer) => [answer];

/** One event for each code unit, so that every place is cut at once. */
export const cutEverywhere: Cut = (answer) => piecesOf(answer, 1, 1);

/**
 * Pieces of `size` code units whose cuts move on by one with each request: `size` requests in a row cut an answer at
 * each of its places exactly once, each time with whole neighbourhoods of `size` units between the cuts.
 */
export function cutShifting(size: number): Cut {
  return (answer, requestNumber) => piecesOf(answer, 1 + (requestNumber % size), size);
}

function piecesOf(text: string, first: number, size: number): string[] {
  const pieces: string[] = [];
  let start = 0;
  for (let end = first; start < text.length; end += size) {
    pieces.push(text.slice(start, end));
    start = end;
  }
  return pieces;
}

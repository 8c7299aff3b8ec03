const plain = /^[a-z0-9_~-]*$/;

/** Where a server may take the end of a name: path parameters, a query or fragment that was encoded, a C string's end. */
const cut = /[;?#\0]/;

/** What many systems ignore in names, and eyes don't see. */
const ignored = /[\u0001-\u001F\u007F-\u009F\p{Default_Ignorable_Code_Point}]/gu;

/** A segment without what doesn't show and what follows its name. Dots and spaces stay. */
export function bareSegment(segment: string): string {
  const end = segment.search(cut);
  return (end < 0 ? segment : segment.slice(0, end)).replace(ignored, "");
}

/**
 * The form in which two segments are equal if any server takes them for each other: without the case and width of
 * letters, and without the spaces at both ends and dots at the end that some file systems drop.
 */
export function foldSegment(segment: string): string {
  if (plain.test(segment)) return segment;
  return foldCase(bareSegment(segment))
    .replace(ignored, "")
    .trim()
    .replace(/[. ]+$/, "");
}

/** Up and down, as `ſ` and `K` only meet `s` and `k` that way. */
function foldCase(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

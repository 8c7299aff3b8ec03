const plain = /^[a-z0-9_~-]*$/;

/** Where some server may see the end of a name: path parameters, an encoded query or fragment, the end of a C string. */
const cut = /[;?#\0]/;

/** Invisible characters, which many systems ignore in names. */
const ignored = /[\u0001-\u001F\u007F-\u009F\p{Default_Ignorable_Code_Point}]/gu;

/** A segment without invisible characters, and without what follows its name. Dots and spaces stay. */
export function bareSegment(segment: string): string {
  const end = segment.search(cut);
  return (end < 0 ? segment : segment.slice(0, end)).replace(ignored, "");
}

/**
 * A form in which two segments are equal if any server takes one for the other: case and width of letters are folded, and
 * spaces at both ends and dots at the end, which some file systems drop, are removed.
 */
export function foldSegment(segment: string): string {
  if (plain.test(segment)) return segment;
  return foldCase(bareSegment(segment))
    .replace(ignored, "")
    .trim()
    .replace(/[. ]+$/, "");
}

/** Upper case and then lower case: only so do `ſ` and `K` (Kelvin) become `s` and `k`. */
function foldCase(text: string): string {
  return text.normalize("NFKC").toUpperCase().toLowerCase().normalize("NFKC");
}

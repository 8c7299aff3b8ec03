const stopWords = new Set(
  (
    "true false null none nil undefined default unknown empty string number boolean object array any void example " +
    "optional required disabled enabled public private internal external local global all self this name names id ids " +
    "value values key keys type policy policies arn region regions status state error errors test primary replica " +
    "writer reader active inactive pending available creating deleting failed success unset todo tbd other"
  ).split(" "),
);

/** First parts of hyphenated words that aren't names: `read-only`, `pre-signed`, `multi-az`. */
const modifiers = new Set(
  (
    "anti auto back built bucket byte case client cloud co cold cost cross data de double down dual e end ever event " +
    "fault fine first follow full fully half hard high higher host hot in inter intra key large last least left left-most " +
    "lock long low lower mid mis most multi near new non object off on one open out over pay per point policy post pre " +
    "pro public re read ready real resource right role run second self semi server service short single so start state " +
    "step sub super third three time to token top two un under up user version virtual warm well write zero"
  ).split(" "),
);

const region =
  /^(?:us|eu|ap|sa|ca|me|af|il|mx|cn|asia|eusc)(?:-gov|-iso[a-z]?|-de)?-(?:north|south|east|west|central)(?:east|west)?-?\d[a-z]?$/;
const version = /^v?\d+(?:[.-]\d+)*(?:\.x)?$/;
const instanceClass =
  /^(?:db\.|cache\.|ml\.)?[a-z]{1,4}\d[a-z]{0,3}\.(?:\d{0,2}x?large|nano|micro|small|medium|metal)$/;

/** References in Terraform and programs: `aws_s3_bucket.this.id`, `var.bucket`, `config.bucket`. */
const reference = /^(?:aws_[a-z0-9_]+|var|local|data|module|each|self|this|config|options|settings|env|process)\./;

/**
 * Whether a word where a resource name is expected may be one. Keywords, regions, versions, instance classes and everyday
 * compounds such as `read-only` aren't names.
 */
export function isPlausibleName(value: string): boolean {
  const word = value.toLowerCase();
  if (stopWords.has(word) || version.test(word)) return false;
  // Hostile text may ask very often, so each pattern is only tried on words that could match it.
  if (word.includes(".") && (reference.test(word) || instanceClass.test(word))) return false;
  const hyphen = word.indexOf("-");
  if (hyphen <= 0) return true;
  const isCompound = modifiers.has(word.slice(0, hyphen)) && /^[a-z-]+$/.test(word);
  return !isCompound && !region.test(word);
}

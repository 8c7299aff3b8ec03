import { type Corpus, corpusLength, type Line } from "./corpus.ts";
import { describeInstance, type SharedIds } from "./describe-instance.ts";
import { Random } from "./random.ts";

/** A line that holds one string as the whole value of its key. */
const stringLine = /^(\s*"\w+": ")([^"]+)(",?)$/;

/** What `aws ec2 describe-instances` prints for a large account: identifiers on every third line. */
export function createAwsJsonCorpus(seed: number): Corpus {
  const random = new Random(seed);
  const ids = (prefix: string, count: number): string[] =>
    Array.from({ length: count }, () => `${prefix}-0${random.hex(16)}`);
  const shared: SharedIds = {
    vpcs: ids("vpc", 4),
    subnets: ids("subnet", 12),
    groups: ids("sg", 12),
    images: ids("ami", 6),
  };
  const kinds = new Map<string, string>();
  const account = random.digits(12);
  const sensitive = (kind: string, value: string): string => {
    kinds.set(value, kind);
    return value;
  };
  const reservations: unknown[] = [];
  let text = "";
  while (text.length < corpusLength - 10_000) {
    for (let count = 0; count < 10; count++) {
      reservations.push({
        Groups: [],
        Instances: [describeInstance(random, { ...shared, account }, sensitive)],
        OwnerId: sensitive("account", account),
        ReservationId: sensitive("reservation", `r-0${random.hex(16)}`),
      });
    }
    text = JSON.stringify({ Reservations: reservations }, null, 4);
  }
  return { text, lines: text.split("\n").map((line) => markValue(line, kinds)) };
}

function markValue(line: string, kinds: ReadonlyMap<string, string>): Line {
  const [, before = "", value = "", after = ""] = stringLine.exec(line) ?? [];
  const kind = kinds.get(value);
  return kind === undefined ? [{ text: line }] : [{ text: before }, { text: value, kind }, { text: after }];
}

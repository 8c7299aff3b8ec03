import type { Part } from "./corpus.ts";
import type { Random } from "./random.ts";

const upperAndDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
const base64Url = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
/** What base64 ends with where it writes 256 bits: two bits of the last character are padding. */
const lastOf256Bits = "AEIMQUYcgkosw048";
const firstNames = ["anna", "jorge", "mei.lin", "t.okafor", "sara", "daniel", "priya", "minji", "luca", "h.weber"];
const mailHosts = ["gmail.com", "outlook.com", "acme-logistics.io", "mail.uni-kassel.de", "naver.com"];

interface PlantedKind {
  readonly kind: string;
  value(random: Random): string;
  /** What a log writes before and behind the value. */
  readonly surroundings: readonly (readonly [before: string, after: string])[];
}

/** The ten kinds of value that are planted in logs. */
export const plantedKinds: readonly PlantedKind[] = [
  {
    kind: "e-mail address",
    value: (random) => `${random.pick(firstNames)}${random.digits(3)}@${random.pick(mailHosts)}`,
    surroundings: [
      ["INFO  c.a.notify.Mailer - queued receipt for ", " template=order_confirmed"],
      ['{"level":"info","event":"signup","email":"', '","plan":"team"}'],
    ],
  },
  {
    kind: "phone number",
    value: (random) => `+1 ${random.pick(["415", "212", "646", "503"])}-555-${random.digits(4)}`,
    surroundings: [
      ["sms-gateway: delivered to ", " in 812 ms"],
      ['{"level":"warn","msg":"verification failed","phone":"', '","attempt":2}'],
    ],
  },
  {
    kind: "payment card",
    value: cardNumber,
    surroundings: [
      ["payments: authorised card ", " amount=1299 currency=EUR"],
      ['{"level":"error","msg":"card declined","pan":"', '","code":"do_not_honor"}'],
    ],
  },
  {
    kind: "social security number",
    value: (random) => `${random.integer(101, 599)}-${random.integer(10, 99)}-${random.integer(1000, 9999)}`,
    surroundings: [
      ["kyc: applicant ssn ", " matched the bureau's record"],
      ['{"step":"kyc","ssn":"', '","result":"match"}'],
    ],
  },
  {
    kind: "IPv4 address",
    value: (random) =>
      `${random.pick(["10", "172", "203", "198"])}.${random.integer(16, 31)}.${random.integer(0, 255)}.${random.integer(2, 254)}`,
    surroundings: [
      ["", ' - - [21/Nov/2026:04:09:18 +0000] "GET /healthz HTTP/1.1" 200 17 "-" "kube-probe/1.29"'],
      ["sshd[8113]: Connection closed by ", " port 51524 [preauth]"],
    ],
  },
  {
    kind: "AWS access key",
    value: (random) => `AKIA${random.text(upperAndDigits, 16)}`,
    surroundings: [
      ["botocore.credentials: using access key ", " from the shared file"],
      ['{"userIdentity":{"type":"IAMUser","accessKeyId":"', '"},"eventName":"GetObject"}'],
    ],
  },
  {
    kind: "EC2 instance",
    value: (random) => `i-0${random.hex(16)}`,
    surroundings: [
      ["autoscaler: terminating ", " after 3 failed health checks"],
      ["aws_instance.worker[2]: Still creating... [id=", ", 40s elapsed]"],
    ],
  },
  {
    kind: "ARN",
    value: (random) =>
      `arn:aws:iam::${random.digits(12)}:role/${random.pick(["deployer", "etl", "reader"])}-${random.hex(4)}`,
    surroundings: [
      ["AccessDenied: User: ", " is not authorized to perform: s3:PutObject"],
      ['{"eventSource":"sts.amazonaws.com","resource":"', '","readOnly":true}'],
    ],
  },
  {
    kind: "JSON web token",
    value: (random) =>
      `eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJ${random.text(base64Url, 60)}.${random.text(base64Url, 42)}${random.text(lastOf256Bits, 1)}`,
    surroundings: [
      ["gateway: rejected token ", ": signature mismatch"],
      ["> Authorization: Bearer ", ""],
    ],
  },
  {
    kind: "password assignment",
    value: (random) =>
      `${random.text("abcdefghkmnpqrstuvwxyz", 5)}${random.digits(3)}${random.text("ABCDEFGHKMNPQRSTUVWXYZ", 5)}`,
    surroundings: [
      ["DEBUG config loaded: db.user=app password=", " pool=20"],
      ["entrypoint: export DB_PASSWORD='", "'"],
    ],
  },
];

/** A line that holds one value of `kind`, taken from `values`. */
export function plantedLine({ kind, surroundings }: PlantedKind, values: readonly string[], random: Random): Part[] {
  const [before, after] = random.pick(surroundings);
  return [{ text: before }, { text: random.pick(values), kind }, { text: after }];
}

/** Sixteen digits in groups, with the check digit of ISO/IEC 7812. */
function cardNumber(random: Random): string {
  const digits = `4${random.digits(14)}`;
  let sum = 0;
  for (let index = 0; index < digits.length; index++) {
    const digit = Number(digits.charAt(index));
    sum += index % 2 === 0 ? (digit > 4 ? digit * 2 - 9 : digit * 2) : digit;
  }
  return `${digits}${(10 - (sum % 10)) % 10}`.replace(/(\d{4})(?=\d)/g, "$1-");
}

import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { notEscapeLetter } from "../word-start.ts";
import { domainPattern, regionPattern } from "./domains.ts";

/** A label of a host name. */
const label = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const hostUnit = charClass("A-Za-z0-9._-");
/** A path below an account, as of a queue or a repository. */
const path = "[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,255}[A-Za-z0-9])?";

/**
 * Host names that AWS gives to resources of an account, recognised by a mark, the part that names the service. The value is
 * the whole name without scheme and port. The part before the mark is bounded, and so is the walk back through it.
 */
const hostRows: readonly {
  readonly type: string;
  readonly mark: string;
  /** The part before the mark. */
  readonly before: string;
  /** From the mark to the end. */
  readonly after: string;
}[] = [
  {
    type: "AWS_RDS_ENDPOINT",
    mark: ".rds.",
    before: String.raw`${label}\.(?:cluster-(?:ro-|custom-)?|proxy-)?[a-z0-9]{12}\.${regionPattern}`,
    after: String.raw`\.rds\.${domainPattern}`,
  },
  {
    type: "AWS_EKS_ENDPOINT",
    mark: ".eks.",
    before: String.raw`[0-9A-Fa-f]{32}\.[a-z0-9]{2,4}\.${regionPattern}`,
    after: String.raw`\.eks\.${domainPattern}`,
  },
  {
    type: "AWS_LOAD_BALANCER",
    mark: ".elb.",
    before: String.raw`(?:dualstack\.)?${label}(?:\.${regionPattern})?`,
    after: String.raw`\.elb\.(?:${regionPattern}\.)?${domainPattern}`,
  },
  {
    type: "AWS_CACHE_ENDPOINT",
    mark: ".cache.",
    before: String.raw`(?:${label}\.){1,5}[a-z]{2,5}\d`,
    after: String.raw`\.cache\.${domainPattern}`,
  },
  {
    type: "AWS_LAMBDA_URL",
    mark: ".lambda-url.",
    before: "[a-z0-9]{20,40}",
    after: String.raw`\.lambda-url\.${regionPattern}\.on\.aws`,
  },
  {
    type: "AWS_API_GATEWAY",
    mark: ".execute-api.",
    before: "[a-z0-9]{10}(?:-vpce-[0-9a-f]{8,17})?",
    after: String.raw`\.execute-api\.${regionPattern}\.${domainPattern}`,
  },
  {
    type: "AWS_ECR_REPOSITORY",
    mark: ".dkr.ecr",
    before: String.raw`\d{12}`,
    after: String.raw`\.dkr\.ecr(?:-fips)?\.${regionPattern}\.${domainPattern}(?:/${path})?`,
  },
  {
    type: "AWS_CLOUDFRONT_DOMAIN",
    mark: ".cloudfront.",
    before: "d[a-z0-9]{12,14}",
    after: String.raw`\.cloudfront\.(?:net|cn)`,
  },
  {
    type: "AWS_SEARCH_ENDPOINT",
    mark: ".es.",
    before: String.raw`(?:vpc|search)-${label}\.${regionPattern}`,
    after: String.raw`\.es\.${domainPattern}`,
  },
  {
    type: "AWS_SEARCH_ENDPOINT",
    mark: ".aoss.",
    before: String.raw`[a-z0-9]{20}\.${regionPattern}`,
    after: String.raw`\.aoss\.${domainPattern}`,
  },
  {
    type: "AWS_REDSHIFT_ENDPOINT",
    mark: ".redshift",
    before: String.raw`${label}\.(?:\d{12}|[a-z0-9]{12})\.${regionPattern}`,
    after: String.raw`\.redshift(?:-serverless)?\.${domainPattern}`,
  },
  {
    type: "AWS_DATABASE_ENDPOINT",
    mark: ".docdb.",
    before: String.raw`${label}\.(?:cluster-(?:ro-)?)?[a-z0-9]{12}\.${regionPattern}`,
    after: String.raw`\.docdb\.${domainPattern}`,
  },
  {
    type: "AWS_DATABASE_ENDPOINT",
    mark: ".neptune.",
    before: String.raw`${label}\.(?:cluster-(?:ro-)?)?[a-z0-9]{12}\.${regionPattern}`,
    after: String.raw`\.neptune\.${domainPattern}`,
  },
  {
    type: "AWS_BROKER_ENDPOINT",
    mark: ".kafka.",
    before: String.raw`(?:b|boot)-${label}(?:\.${label}){1,4}`,
    after: String.raw`\.kafka(?:-serverless)?\.${regionPattern}\.${domainPattern}`,
  },
  {
    type: "AWS_BROKER_ENDPOINT",
    mark: ".mq.",
    before: "b-[0-9a-f-]{36}(?:-[0-9])?",
    after: String.raw`\.mq\.${regionPattern}\.(?:${domainPattern}|on\.aws)`,
  },
  {
    type: "AWS_IOT_ENDPOINT",
    mark: ".iot.",
    before: "[a-z0-9]{12,14}(?:-ats)?",
    after: String.raw`\.iot\.${regionPattern}\.${domainPattern}`,
  },
  {
    type: "AWS_APPSYNC_ENDPOINT",
    mark: ".appsync-",
    before: "[a-z0-9]{26}",
    after: String.raw`\.appsync-(?:api|realtime-api)\.${regionPattern}\.${domainPattern}`,
  },
  {
    type: "AWS_VPC_ENDPOINT_DOMAIN",
    mark: ".vpce.",
    before: String.raw`vpce-[0-9a-f]{8,17}-[a-z0-9]{8}(?:-${regionPattern}[a-z])?(?:\.${label}){1,4}`,
    after: String.raw`\.vpce\.${domainPattern}`,
  },
  {
    type: "AWS_FILE_SYSTEM_DOMAIN",
    mark: ".efs.",
    before: "fs-[0-9a-f]{8,17}",
    after: String.raw`\.efs\.${regionPattern}\.${domainPattern}`,
  },
  {
    type: "AWS_NOTEBOOK_DOMAIN",
    mark: ".notebook.",
    before: label,
    after: String.raw`\.notebook\.${regionPattern}\.sagemaker\.aws`,
  },
  {
    type: "AWS_NOTEBOOK_DOMAIN",
    mark: ".studio.",
    before: "d-[a-z0-9]{12,14}",
    after: String.raw`\.studio\.${regionPattern}\.sagemaker\.aws`,
  },
  {
    type: "AWS_APP_DOMAIN",
    mark: ".awsapprunner.",
    before: String.raw`[a-z0-9]{8,12}\.${regionPattern}`,
    after: String.raw`\.awsapprunner\.com`,
  },
  {
    type: "AWS_APP_DOMAIN",
    mark: ".amplifyapp.",
    before: String.raw`(?:${label}\.)?d[a-z0-9]{12,14}`,
    after: String.raw`\.amplifyapp\.com`,
  },
  {
    type: "AWS_APP_DOMAIN",
    mark: ".elasticbeanstalk.",
    before: String.raw`${label}(?:\.${label})?(?:\.${regionPattern})?`,
    after: String.raw`\.elasticbeanstalk\.com`,
  },
  {
    type: "AWS_ACCOUNT_DOMAIN",
    mark: ".signin.aws",
    before: label,
    after: String.raw`\.signin\.(?:aws\.amazon\.com|amazonaws\.cn)`,
  },
  { type: "AWS_ACCOUNT_DOMAIN", mark: ".awsapps.", before: label, after: String.raw`\.awsapps\.com` },
  {
    type: "AWS_COGNITO_DOMAIN",
    mark: ".auth.",
    before: label,
    after: String.raw`\.auth\.${regionPattern}\.amazoncognito\.com`,
  },
];

/** Addresses whose path belongs to an account: queues and topics. The value begins with the name of the service. */
const pathRows: readonly (readonly [type: string, service: string])[] = [
  ["AWS_SQS_QUEUE", "sqs"],
  ["AWS_SNS_TOPIC", "sns"],
];

/** Endpoints of an account's resources. */
export function endpoints(): readonly ShapeDetector[] {
  const hosts = hostRows.map(
    ({ type, mark, before, after }): ShapeDetector => ({
      kind: "shape",
      type,
      priority: 3,
      triggers: [trigger([charClass("A-Za-z0-9"), mark])],
      start: { at: "run", of: hostUnit, max: 160, ahead: sticky(`(?<=(?=${after})${mark.replaceAll(".", "[.]")})`) },
      pattern: sticky(String.raw`${notEscapeLetter}(?<![.-])${before}${after}`),
    }),
  );
  const paths = pathRows.map(
    ([type, service]): ShapeDetector => ({
      kind: "shape",
      type,
      priority: 3,
      triggers: [trigger([`${service}.`, charClass("a-z"), charClass("a-z")])],
      start: { at: "trigger" },
      pattern: sticky(String.raw`${service}\.${regionPattern}\.${domainPattern}/\d{12}/${path}`),
    }),
  );
  return [...hosts, ...paths];
}

import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { NOT_ESCAPE_LETTER } from "../word-start.ts";
import { DOMAIN, REGION } from "./domains.ts";

/** A label of a host name. */
const LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?";
const HOST_UNIT = charClass("A-Za-z0-9._-");
/** A path below an account, as queues and repositories have. */
const PATH = "[A-Za-z0-9](?:[A-Za-z0-9._/-]{0,255}[A-Za-z0-9])?";

/**
 * Host names that AWS gives to what an account owns, by the part that tells the service. The value is the whole name,
 * without scheme and port; what stands before the mark is bounded, so that a walk back is.
 */
const HOSTS: readonly {
  readonly type: string;
  readonly mark: string;
  /** What stands before the mark. */
  readonly before: string;
  /** From the mark to the end. */
  readonly after: string;
}[] = [
  {
    type: "AWS_RDS_ENDPOINT",
    mark: ".rds.",
    before: String.raw`${LABEL}\.(?:cluster-(?:ro-|custom-)?|proxy-)?[a-z0-9]{12}\.${REGION}`,
    after: String.raw`\.rds\.${DOMAIN}`,
  },
  {
    type: "AWS_EKS_ENDPOINT",
    mark: ".eks.",
    before: String.raw`[0-9A-Fa-f]{32}\.[a-z0-9]{2,4}\.${REGION}`,
    after: String.raw`\.eks\.${DOMAIN}`,
  },
  {
    type: "AWS_LOAD_BALANCER",
    mark: ".elb.",
    before: String.raw`(?:dualstack\.)?${LABEL}(?:\.${REGION})?`,
    after: String.raw`\.elb\.(?:${REGION}\.)?${DOMAIN}`,
  },
  {
    type: "AWS_CACHE_ENDPOINT",
    mark: ".cache.",
    before: String.raw`(?:${LABEL}\.){1,5}[a-z]{2,5}\d`,
    after: String.raw`\.cache\.${DOMAIN}`,
  },
  {
    type: "AWS_LAMBDA_URL",
    mark: ".lambda-url.",
    before: "[a-z0-9]{20,40}",
    after: String.raw`\.lambda-url\.${REGION}\.on\.aws`,
  },
  {
    type: "AWS_API_GATEWAY",
    mark: ".execute-api.",
    before: "[a-z0-9]{10}(?:-vpce-[0-9a-f]{8,17})?",
    after: String.raw`\.execute-api\.${REGION}\.${DOMAIN}`,
  },
  {
    type: "AWS_ECR_REPOSITORY",
    mark: ".dkr.ecr",
    before: String.raw`\d{12}`,
    after: String.raw`\.dkr\.ecr(?:-fips)?\.${REGION}\.${DOMAIN}(?:/${PATH})?`,
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
    before: String.raw`(?:vpc|search)-${LABEL}\.${REGION}`,
    after: String.raw`\.es\.${DOMAIN}`,
  },
  {
    type: "AWS_SEARCH_ENDPOINT",
    mark: ".aoss.",
    before: String.raw`[a-z0-9]{20}\.${REGION}`,
    after: String.raw`\.aoss\.${DOMAIN}`,
  },
  {
    type: "AWS_REDSHIFT_ENDPOINT",
    mark: ".redshift",
    before: String.raw`${LABEL}\.(?:\d{12}|[a-z0-9]{12})\.${REGION}`,
    after: String.raw`\.redshift(?:-serverless)?\.${DOMAIN}`,
  },
  {
    type: "AWS_DATABASE_ENDPOINT",
    mark: ".docdb.",
    before: String.raw`${LABEL}\.(?:cluster-(?:ro-)?)?[a-z0-9]{12}\.${REGION}`,
    after: String.raw`\.docdb\.${DOMAIN}`,
  },
  {
    type: "AWS_DATABASE_ENDPOINT",
    mark: ".neptune.",
    before: String.raw`${LABEL}\.(?:cluster-(?:ro-)?)?[a-z0-9]{12}\.${REGION}`,
    after: String.raw`\.neptune\.${DOMAIN}`,
  },
  {
    type: "AWS_BROKER_ENDPOINT",
    mark: ".kafka.",
    before: String.raw`(?:b|boot)-${LABEL}(?:\.${LABEL}){1,4}`,
    after: String.raw`\.kafka(?:-serverless)?\.${REGION}\.${DOMAIN}`,
  },
  {
    type: "AWS_BROKER_ENDPOINT",
    mark: ".mq.",
    before: "b-[0-9a-f-]{36}(?:-[0-9])?",
    after: String.raw`\.mq\.${REGION}\.(?:${DOMAIN}|on\.aws)`,
  },
  {
    type: "AWS_IOT_ENDPOINT",
    mark: ".iot.",
    before: "[a-z0-9]{12,14}(?:-ats)?",
    after: String.raw`\.iot\.${REGION}\.${DOMAIN}`,
  },
  {
    type: "AWS_APPSYNC_ENDPOINT",
    mark: ".appsync-",
    before: "[a-z0-9]{26}",
    after: String.raw`\.appsync-(?:api|realtime-api)\.${REGION}\.${DOMAIN}`,
  },
  {
    type: "AWS_VPC_ENDPOINT_DOMAIN",
    mark: ".vpce.",
    before: String.raw`vpce-[0-9a-f]{8,17}-[a-z0-9]{8}(?:-${REGION}[a-z])?(?:\.${LABEL}){1,4}`,
    after: String.raw`\.vpce\.${DOMAIN}`,
  },
  {
    type: "AWS_FILE_SYSTEM_DOMAIN",
    mark: ".efs.",
    before: "fs-[0-9a-f]{8,17}",
    after: String.raw`\.efs\.${REGION}\.${DOMAIN}`,
  },
  {
    type: "AWS_NOTEBOOK_DOMAIN",
    mark: ".notebook.",
    before: LABEL,
    after: String.raw`\.notebook\.${REGION}\.sagemaker\.aws`,
  },
  {
    type: "AWS_NOTEBOOK_DOMAIN",
    mark: ".studio.",
    before: "d-[a-z0-9]{12,14}",
    after: String.raw`\.studio\.${REGION}\.sagemaker\.aws`,
  },
  {
    type: "AWS_APP_DOMAIN",
    mark: ".awsapprunner.",
    before: String.raw`[a-z0-9]{8,12}\.${REGION}`,
    after: String.raw`\.awsapprunner\.com`,
  },
  {
    type: "AWS_APP_DOMAIN",
    mark: ".amplifyapp.",
    before: String.raw`(?:${LABEL}\.)?d[a-z0-9]{12,14}`,
    after: String.raw`\.amplifyapp\.com`,
  },
  {
    type: "AWS_APP_DOMAIN",
    mark: ".elasticbeanstalk.",
    before: String.raw`${LABEL}(?:\.${LABEL})?(?:\.${REGION})?`,
    after: String.raw`\.elasticbeanstalk\.com`,
  },
  {
    type: "AWS_ACCOUNT_DOMAIN",
    mark: ".signin.aws",
    before: LABEL,
    after: String.raw`\.signin\.(?:aws\.amazon\.com|amazonaws\.cn)`,
  },
  { type: "AWS_ACCOUNT_DOMAIN", mark: ".awsapps.", before: LABEL, after: String.raw`\.awsapps\.com` },
  {
    type: "AWS_COGNITO_DOMAIN",
    mark: ".auth.",
    before: LABEL,
    after: String.raw`\.auth\.${REGION}\.amazoncognito\.com`,
  },
];

/** Addresses whose path belongs to an account: queues and topics. The value begins at the service's name. */
const PATHS: readonly (readonly [type: string, service: string])[] = [
  ["AWS_SQS_QUEUE", "sqs"],
  ["AWS_SNS_TOPIC", "sns"],
];

/** Endpoints of what an account owns. */
export function endpoints(): readonly ShapeDetector[] {
  const hosts = HOSTS.map(
    ({ type, mark, before, after }): ShapeDetector => ({
      kind: "shape",
      type,
      priority: 3,
      triggers: [trigger([charClass("A-Za-z0-9"), mark])],
      start: { at: "run", of: HOST_UNIT, max: 160, ahead: sticky(`(?<=(?=${after})${mark.replaceAll(".", "[.]")})`) },
      pattern: sticky(String.raw`${NOT_ESCAPE_LETTER}(?<![.-])${before}${after}`),
    }),
  );
  const paths = PATHS.map(
    ([type, service]): ShapeDetector => ({
      kind: "shape",
      type,
      priority: 3,
      triggers: [trigger([`${service}.`, charClass("a-z"), charClass("a-z")])],
      start: { at: "trigger" },
      pattern: sticky(String.raw`${service}\.${REGION}\.${DOMAIN}/\d{12}/${PATH}`),
    }),
  );
  return [...hosts, ...paths];
}

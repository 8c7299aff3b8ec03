import { describe, expect, it } from "vitest";
import { findValues, readMarked } from "../find-values.ts";
import { type Row, testTables } from "../fixtures/test-tables.ts";

const hex17 = "0a1b2c3d4e5f67890";
const hex32 = "0123456789abcdef".repeat(2);
const uuid = "1a2b3c4d-5e6f-4a1b-8c2d-3e4f5a6b7c8d";
const secretKey = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYzzzzzzzzzz";
const sessionToken = `IQoJb3JpZ2luX2VjE${"Ab1+/xYz".repeat(20)}==`;

/** Values that are recognised by their shape everywhere. */
const shapes: readonly Row[] = [
  ["AWS_EC2", `i-${hex17}`, "i-1a2b3c4d"],
  ["AWS_RESERVATION", `r-${hex17}`],
  ["AWS_AMI", `ami-${hex17}`, "ami-1a2b3c4d"],
  ["AWS_VOLUME", `vol-${hex17}`],
  ["AWS_SNAPSHOT", `snap-${hex17}`],
  ["AWS_VPC", `vpc-${hex17}`, "vpc-1a2b3c4d"],
  ["AWS_SUBNET", `subnet-${hex17}`],
  ["AWS_SECURITY_GROUP", `sg-${hex17}`, "sg-1a2b3c4d"],
  ["AWS_SECURITY_GROUP_RULE", `sgr-${hex17}`],
  ["AWS_ENI", `eni-${hex17}`],
  ["AWS_ENI_ATTACHMENT", `eni-attach-${hex17}`],
  ["AWS_INTERNET_GATEWAY", `igw-${hex17}`],
  ["AWS_NAT_GATEWAY", `nat-${hex17}`],
  ["AWS_ROUTE_TABLE", `rtb-${hex17}`],
  ["AWS_ROUTE_TABLE_ASSOCIATION", `rtbassoc-${hex17}`],
  ["AWS_NETWORK_ACL", `acl-${hex17}`],
  ["AWS_NETWORK_ACL_ASSOCIATION", `aclassoc-${hex17}`],
  ["AWS_ELASTIC_IP", `eipalloc-${hex17}`],
  ["AWS_ELASTIC_IP_ASSOCIATION", `eipassoc-${hex17}`],
  ["AWS_LAUNCH_TEMPLATE", `lt-${hex17}`],
  ["AWS_VPC_PEERING", `pcx-${hex17}`],
  ["AWS_VPN_CONNECTION", `vpn-${hex17}`],
  ["AWS_VPN_GATEWAY", `vgw-${hex17}`],
  ["AWS_CUSTOMER_GATEWAY", `cgw-${hex17}`],
  ["AWS_DHCP_OPTIONS", `dopt-${hex17}`],
  ["AWS_VPC_CIDR_ASSOCIATION", `vpc-cidr-assoc-${hex17}`],
  ["AWS_VPC_ENDPOINT", `vpce-${hex17}`],
  ["AWS_TRANSIT_GATEWAY", `tgw-${hex17}`],
  ["AWS_TRANSIT_GATEWAY_ATTACHMENT", `tgw-attach-${hex17}`],
  ["AWS_KEY_PAIR", `key-${hex17}`],
  ["AWS_FILE_SYSTEM", `fs-${hex17}`, "fs-1a2b3c4d"],
  ["AWS_MOUNT_TARGET", `fsmt-${hex17}`],
  ["AWS_RDS_RESOURCE", "db-ABCDEFGHIJKLMNOPQRSTUVWXY1"],
  ["AWS_ARN", "arn:aws:iam::123456789012:role/service-role/my-role"],
  ["AWS_ARN", "arn:aws-cn:s3:::my-bucket/logs/*", "arn:aws-us-gov:ec2:us-gov-west-1:123456789012:vpc/*"],
  ["AWS_ARN", "arn:aws-iso-b:sns:us-isob-east-1:123456789012:topic", "arn:aws-eusc:sqs:eusc-de-east-1:123456789012:q"],
  ["AWS_ARN", "arn:aws:secretsmanager:ap-northeast-2:123456789012:secret:prod/db-AbCdEf"],
  ["AWS_ARN", `arn:aws:kms:us-east-1:123456789012:key/${uuid}`],
  ["AWS_ARN", `arn:aws:s3:::home/\${aws:username}/*`],
  ["AWS_ACCESS_KEY", "AKIAZ7Q3M5N8P2R4T6V9", "ASIAZ7Q3M5N8P2R4T6V9", "A3TXZ7Q3M5N8P2R4T6V9", "ABIAZ7Q3M5N8P2R4T6V9"],
  ["AWS_PRINCIPAL_ID", "AIDAZ7Q3M5N8P2R4T6V9X", "AROAZ7Q3M5N8P2R4T6V9X"],
  ["AWS_SESSION_TOKEN", sessionToken],
  ["AWS_RDS_ENDPOINT", "orders.c9akciq32abc.us-east-1.rds.amazonaws.com"],
  ["AWS_RDS_ENDPOINT", "orders.cluster-c9akciq32abc.us-east-1.rds.amazonaws.com"],
  ["AWS_RDS_ENDPOINT", "orders.cluster-ro-c9akciq32abc.cn-north-1.rds.amazonaws.com.cn"],
  ["AWS_EKS_ENDPOINT", `${hex32.toUpperCase()}.gr7.ap-northeast-2.eks.amazonaws.com`],
  ["AWS_LOAD_BALANCER", "my-nlb-1a2b3c4d5e6f7a8b.elb.us-east-1.amazonaws.com"],
  ["AWS_LOAD_BALANCER", "internal-my-alb-1234567890.us-east-1.elb.amazonaws.com"],
  ["AWS_CACHE_ENDPOINT", "my-redis.abc123.ng.0001.use1.cache.amazonaws.com"],
  ["AWS_LAMBDA_URL", "abcdefghijklmnopqrstuvwxyz012345.lambda-url.us-east-1.on.aws"],
  ["AWS_API_GATEWAY", "a1b2c3d4e5.execute-api.us-east-1.amazonaws.com"],
  ["AWS_SQS_QUEUE", "sqs.us-east-1.amazonaws.com/123456789012/my-queue.fifo"],
  ["AWS_ECR_REPOSITORY", "123456789012.dkr.ecr.us-east-1.amazonaws.com/team/app"],
  ["AWS_CLOUDFRONT_DOMAIN", "d111111abcdef8.cloudfront.net"],
  ["AWS_SEARCH_ENDPOINT", "search-logs-abcdefghijklmnopqrstuvwxyz.us-east-1.es.amazonaws.com"],
  ["AWS_COGNITO_POOL", "us-east-1_AbCdEf123"],
  ["AWS_COGNITO_IDENTITY", `us-east-1:${uuid}`],
  ["AWS_KMS_KEY", `mrk-${hex32}`],
];

/** Values that are recognised by the words around them, marked with `«` and `»`. */
const contexts: readonly Row[] = [
  [
    "AWS_SECRET_KEY",
    `aws_secret_access_key = «${secretKey}»`,
    `AWS_SECRET_ACCESS_KEY=«${secretKey}»`,
    `export AWS_SECRET_ACCESS_KEY="«${secretKey}»"`,
    `"SecretAccessKey": "«${secretKey}»",`,
    `{\\"secretAccessKey\\":\\"«${secretKey}»\\"}`,
  ],
  [
    "AWS_SESSION_TOKEN",
    `"SessionToken": "«${"AbC1+/".repeat(30)}»"`,
    `AWS_SESSION_TOKEN=«${"AbC1+/".repeat(30)}»`,
    `X-Amz-Security-Token=«IQoJb3JpZ2luX2Vj${"AbC1%2F".repeat(20)}»&X-Amz-Expires=300`,
  ],
  ["AWS_SIGNATURE", `https://h/?X-Amz-Expires=300&X-Amz-Signature=«${hex32.repeat(2)}»`],
  [
    "AWS_ACCOUNT",
    '"Account": "«123456789012»",',
    '"AccountId":"«123456789012»"',
    '{\\"accountId\\":\\"«123456789012»\\"}',
    "account id «123456789012» is new",
    "Account ID: «123456789012».",
    "account «1234-5678-9012»",
    "aws_account_id=«123456789012»",
    'account_id = "«123456789012»"',
    '"OwnerId": "«123456789012»"',
    "AWS account #«123456789012»",
    "계정 «123456789012»에서",
    "계정 ID는 «123456789012»입니다",
    "AWS 계정: «123456789012»",
  ],
  [
    "AWS_S3_BUCKET",
    "s3://«my-bucket»/path/file.txt",
    "s3a://«my.bucket»/",
    "https://«my-bucket».s3.ap-northeast-2.amazonaws.com/key",
    "https://«my-bucket».s3.amazonaws.com/key",
    "http://«my-bucket».s3-website-us-east-1.amazonaws.com/",
    "«my.dotted.bucket».s3-us-west-2.amazonaws.com",
    "«my-bucket».s3.dualstack.us-east-1.amazonaws.com",
    "https://s3.us-east-1.amazonaws.com/«photos»/key",
    "https://s3-us-west-2.amazonaws.com/«photos»/key",
    "https://s3.cn-north-1.amazonaws.com.cn/«photos»/key",
    "S3 «my-bucket», then",
    "the S3 bucket «my-bucket» is",
    'bucket named "«my-bucket»"',
    "bucket: «my-bucket»",
    '"Bucket": "«photos»"',
    '{"BucketName":"«photos»"}',
    "--bucket «photos» --key x",
    "S3_BUCKET=«photos»",
    'bucket = "«photos»"',
    "  bucket: «photos»\n",
    "<BucketName>«photos»</BucketName>",
    "2023-01-01 10:00:00 «my-bucket»\n2023-01-01 10:00:00 «logs.2023»",
    '{"Name": "«photos»", "CreationDate": "2023-01-01T00:00:00Z"}',
    '{"CreationDate": "2023-01-01T00:00:00+00:00", "Name": "«photos»"}',
    "버킷 «my-bucket»에 저장",
    "버킷은 «my-bucket»입니다",
    "버킷 이름: «my-bucket»",
    "«my-bucket» 버킷에서 읽음",
    "S3 버킷 «my-bucket»을 확인",
  ],
  [
    "AWS_RDS",
    "RDS «prod-db», IP",
    "RDS instance «prod-db» is full",
    "the RDS database «orders2»",
    '"DBInstanceIdentifier": "«orders»"',
    '"DBClusterIdentifier":"«orders»"',
    "--db-instance-identifier «orders» --engine mysql",
    'db_instance_identifier = "«orders»"',
    "RDS 인스턴스 «prod-db»가 느립니다",
    "«prod-db» 데이터베이스를 재시작",
  ],
  [
    "AWS_EKS_CLUSTER",
    "EKS «prod-cluster» upgrade",
    "EKS cluster «prod-cluster»",
    '"clusterName": "«prod»"',
    "--cluster-name «prod»",
    'cluster_name = "«prod»"',
    "cluster/«prod-1»",
    '{"clusters": ["«alpha»", "«beta»", "«gamma»"]}',
    '{\n    "clusters": [\n        "«alpha»",\n        "«beta»"\n    ]\n}',
    "클러스터 «prod-cluster»의 노드",
    "«prod-cluster» 클러스터를 점검",
  ],
  [
    "AWS_SAGEMAKER",
    "SageMaker «my-endpoint» answers",
    "SageMaker endpoint «fraud-v2»",
    '"EndpointName": "«fraud»"',
    '"TrainingJobName": "«fraud-2024-01-01»"',
    '"NotebookInstanceName": "«alice»"',
    "SageMaker 엔드포인트 «fraud-v2»를 호출",
  ],
  ["AWS_KMS_KEY", `"KeyId": "«${uuid}»"`, `kms key «${uuid}»`, `kms_key_id = "«${uuid}»"`],
  [
    "AWS_HOSTED_ZONE",
    "/hostedzone/«Z2FDTNDATAQYW2»",
    '"HostedZoneId": "«Z2FDTNDATAQYW2»"',
    'zone_id = "«Z08155291ABCDEFGHIJKL»"',
  ],
  ["AWS_CLOUDFRONT_DISTRIBUTION", "distribution «E1A2B3C4D5E6F7»", 'distribution_id = "«E1A2B3C4D5E6F7»"'],
];

/** Text that looks like a value but isn't one. */
const nothing = [
  "api-deadbeef and ui-cafe1234, multi-facade",
  "i-1234567890abcdef01234 is too long and i-12345 too short",
  "sg-1234567g",
  "eni-attachment-policy",
  "subnet-mask and vpc-peering and key-value",
  "arn:partition:service:region:account:resource",
  "arn:aws:",
  "AKIAIOSFODNN7EXAMPL",
  "XAKIAIOSFODNN7EXAMPLE",
  "akiaiosfodnn7example",
  `digest ${"0123456789abcdef".repeat(2)}01234567`,
  "order 123456789012 shipped",
  "S3 read-only access, S3 pre-signed URLs, S3 us-east-1, S3 buckets",
  "RDS multi-az, RDS db.t3.medium, RDS 8.0.35, RDS instance",
  "EKS self-managed nodes, EKS 1.29, EKS cluster",
  "the bucket is full, a bucket of water, bucket: access denied",
  '"bucket": null, "bucket": true, bucket=none',
  "cluster/node and cluster of machines",
  "2023-10-10 10:00:00 started",
  "https://s3.amazonaws.com/",
  "ec2.us-east-1.amazonaws.com",
  "account: premium, account 12345, accounting 123456789012345",
  "ZONE_ONE zone Zebra, distribution EVERYTHING",
  "us-east-1_short",
];

describe("aws", () => {
  testTables({ shapes, contexts, nothing });

  it("leaves no value in a line with one of each type", () => {
    const { text, values } = readMarked(
      "Analyze: EC2 «i-1234567890abcdef0», S3 «my-bucket», RDS «prod-db», IP «10.0.1.100»",
    );
    expect(findValues(text).map(({ value }) => value)).toEqual(values);
  });

  it("finds a secret key next to its key id", () => {
    expect(findValues(`AKIAZ7Q3M5N8P2R4T6V9,${secretKey}\n`)).toEqual([
      { type: "AWS_ACCESS_KEY", value: "AKIAZ7Q3M5N8P2R4T6V9" },
      { type: "AWS_SECRET_KEY", value: secretKey },
    ]);
  });

  it("doesn't take a hex digest for a secret key", () => {
    const digest = "0123456789abcdef0123456789abcdef01234567";
    expect(findValues(`aws_secret_access_key = ${digest}`)).toEqual([{ type: "SECRET_API_KEY", value: digest }]);
  });

  it("finds every element of a list of a hundred clusters", () => {
    const clusters = Array.from({ length: 100 }, (_, index) => `cluster${String.fromCharCode(97 + (index % 26))}`);
    expect(findValues(JSON.stringify({ clusters }, undefined, 2)).map(({ value }) => value)).toEqual(clusters);
  });
});

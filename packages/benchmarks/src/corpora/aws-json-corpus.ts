import { type Corpus, collectLines, type Line } from "./corpus.ts";
import { Random } from "./random.ts";

/** What `aws ec2 describe-instances` prints for a large account: identifiers on every other line. */
export function createAwsJsonCorpus(seed: number): Corpus {
  const random = new Random(seed);
  const shared = {
    vpc: Array.from({ length: 4 }, () => `vpc-0${random.hex(16)}`),
    subnet: Array.from({ length: 12 }, () => `subnet-0${random.hex(16)}`),
    group: Array.from({ length: 12 }, () => `sg-0${random.hex(16)}`),
    image: Array.from({ length: 6 }, () => `ami-0${random.hex(16)}`),
  };
  const pending: Line[] = [];
  return collectLines(() => {
    if (pending.length === 0) pending.push(...instanceLines(random, shared));
    return pending.shift()!;
  });
}

interface SharedIds {
  readonly vpc: readonly string[];
  readonly subnet: readonly string[];
  readonly group: readonly string[];
  readonly image: readonly string[];
}

function instanceLines(random: Random, shared: SharedIds): Line[] {
  const address = [10, random.integer(0, 3), random.integer(0, 255), random.integer(4, 254)];
  const [vpc, subnet] = [random.pick(shared.vpc), random.pick(shared.subnet)];
  const plain = (text: string): Line => [{ text: `            ${text}` }];
  const valued = (name: string, text: string, kind: string): Line => [
    { text: `            "${name}": "` },
    { text, kind },
    { text: '",' },
  ];
  return [
    plain("{"),
    plain('"AmiLaunchIndex": 0,'),
    valued("ImageId", random.pick(shared.image), "image"),
    valued("InstanceId", `i-0${random.hex(16)}`, "instance"),
    plain(`"InstanceType": "${random.pick(["m5.large", "c6g.xlarge", "t3.micro"])}",`),
    plain(`"LaunchTime": "2026-10-${random.integer(10, 28)}T08:${random.integer(10, 59)}:12+00:00",`),
    plain('"Monitoring": { "State": "disabled" },'),
    plain(`"Placement": { "AvailabilityZone": "eu-central-1${random.pick(["a", "b"])}", "Tenancy": "default" },`),
    valued("PrivateDnsName", `ip-${address.join("-")}.eu-central-1.compute.internal`, "host"),
    valued("PrivateIpAddress", address.join("."), "address"),
    plain('"State": { "Code": 16, "Name": "running" },'),
    valued("SubnetId", subnet, "subnet"),
    valued("VpcId", vpc, "vpc"),
    plain('"Architecture": "x86_64",'),
    valued("VolumeId", `vol-0${random.hex(16)}`, "volume"),
    plain('"EbsOptimized": false, "EnaSupport": true, "Hypervisor": "xen",'),
    valued("GroupId", random.pick(shared.group), "group"),
    valued("NetworkInterfaceId", `eni-0${random.hex(16)}`, "interface"),
    plain('"RootDeviceName": "/dev/xvda", "RootDeviceType": "ebs", "SourceDestCheck": true,'),
    plain(`"Tags": [{ "Key": "team", "Value": "${random.pick(["search", "billing"])}" }]`),
    plain("},"),
  ];
}

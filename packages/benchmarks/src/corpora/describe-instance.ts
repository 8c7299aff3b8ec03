import type { Random } from "./random.ts";

/** What instances of one account have in common. */
export interface SharedIds {
  readonly vpcs: readonly string[];
  readonly subnets: readonly string[];
  readonly groups: readonly string[];
  readonly images: readonly string[];
}

/** Takes note of a value as sensitive, and gives it back. */
type Sensitive = (kind: string, value: string) => string;

/** One instance as the documentation of `aws ec2 describe-instances` shows it, field by field. */
export function describeInstance(
  random: Random,
  { vpcs, subnets, groups, images, account }: SharedIds & { readonly account: string },
  sensitive: Sensitive,
): object {
  const privateIp = [10, 0, random.integer(0, 63), random.integer(4, 254)];
  const publicIp = [random.integer(13, 54), random.integer(1, 250), random.integer(0, 255), random.integer(1, 254)];
  const region = "us-east-2";
  const named = {
    PrivateDnsName: sensitive("private host", `ip-${privateIp.join("-")}.${region}.compute.internal`),
    PrivateIpAddress: sensitive("private address", privateIp.join(".")),
  };
  const publicName = sensitive("public host", `ec2-${publicIp.join("-")}.${region}.compute.amazonaws.com`);
  const publicAddress = sensitive("public address", publicIp.join("."));
  const association = { IpOwnerId: "amazon", PublicDnsName: publicName, PublicIp: publicAddress };
  const network = {
    SubnetId: sensitive("subnet", random.pick(subnets)),
    VpcId: sensitive("network", random.pick(vpcs)),
  };
  const securityGroups = [{ GroupName: "default", GroupId: sensitive("security group", random.pick(groups)) }];
  const launched = `2026-10-${random.integer(10, 28)}T10:${random.integer(10, 59)}:${random.integer(10, 59)}+00:00`;
  return {
    AmiLaunchIndex: 0,
    ImageId: sensitive("image", random.pick(images)),
    InstanceId: sensitive("instance", `i-0${random.hex(16)}`),
    InstanceType: random.pick(["t3.nano", "m5.large", "c6g.xlarge"]),
    LaunchTime: launched,
    Monitoring: { State: "disabled" },
    Placement: { AvailabilityZone: `${region}${random.pick(["a", "b", "c"])}`, GroupName: "", Tenancy: "default" },
    ...named,
    ProductCodes: [],
    PublicDnsName: publicName,
    PublicIpAddress: publicAddress,
    State: { Code: 16, Name: "running" },
    StateTransitionReason: "",
    ...network,
    Architecture: "x86_64",
    BlockDeviceMappings: [
      {
        DeviceName: "/dev/xvda",
        Ebs: {
          AttachTime: launched,
          DeleteOnTermination: true,
          Status: "attached",
          VolumeId: sensitive("volume", `vol-0${random.hex(16)}`),
        },
      },
    ],
    ClientToken: random.uuid(),
    EbsOptimized: true,
    EnaSupport: true,
    Hypervisor: "xen",
    NetworkInterfaces: [
      {
        Association: association,
        Attachment: {
          AttachTime: launched,
          AttachmentId: sensitive("attachment", `eni-attach-0${random.hex(16)}`),
          DeleteOnTermination: true,
          DeviceIndex: 0,
          Status: "attached",
          NetworkCardIndex: 0,
        },
        Description: "",
        Groups: securityGroups,
        Ipv6Addresses: [],
        MacAddress: sensitive("hardware address", `02:${random.hex(10).replace(/(..)(?=.)/g, "$1:")}`),
        NetworkInterfaceId: sensitive("interface", `eni-0${random.hex(16)}`),
        OwnerId: sensitive("account", account),
        ...named,
        PrivateIpAddresses: [{ Association: association, Primary: true, ...named }],
        SourceDestCheck: true,
        Status: "in-use",
        ...network,
        InterfaceType: "interface",
      },
    ],
    RootDeviceName: "/dev/xvda",
    RootDeviceType: "ebs",
    SecurityGroups: securityGroups,
    SourceDestCheck: true,
    Tags: [{ Key: "team", Value: random.pick(["search", "billing"]) }],
    VirtualizationType: "hvm",
    CpuOptions: { CoreCount: 1, ThreadsPerCore: 2 },
    CapacityReservationSpecification: { CapacityReservationPreference: "open" },
    HibernationOptions: { Configured: false },
    MetadataOptions: {
      State: "applied",
      HttpTokens: "optional",
      HttpPutResponseHopLimit: 1,
      HttpEndpoint: "enabled",
      HttpProtocolIpv6: "disabled",
      InstanceMetadataTags: "enabled",
    },
    EnclaveOptions: { Enabled: false },
    PlatformDetails: "Linux/UNIX",
    UsageOperation: "RunInstances",
    UsageOperationUpdateTime: launched,
    MaintenanceOptions: { AutoRecovery: "default" },
  };
}

import type { ShapeDetector } from "../../detection/detector.ts";
import { lowerHex, upperOrDigit } from "../../matcher/char-class.ts";
import { repeat } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";

/** Prefixes of ids with 8 hex digits, or 17 since 2016. */
const hexIds: readonly (readonly [type: string, prefix: string])[] = [
  ["AWS_EC2", "i"],
  ["AWS_RESERVATION", "r"],
  ["AWS_AMI", "ami"],
  ["AWS_VOLUME", "vol"],
  ["AWS_SNAPSHOT", "snap"],
  ["AWS_VPC", "vpc"],
  ["AWS_SUBNET", "subnet"],
  ["AWS_SECURITY_GROUP", "sg"],
  ["AWS_SECURITY_GROUP_RULE", "sgr"],
  ["AWS_ENI", "eni"],
  ["AWS_ENI_ATTACHMENT", "eni-attach"],
  ["AWS_INTERNET_GATEWAY", "igw"],
  ["AWS_EGRESS_GATEWAY", "eigw"],
  ["AWS_NAT_GATEWAY", "nat"],
  ["AWS_ROUTE_TABLE", "rtb"],
  ["AWS_ROUTE_TABLE_ASSOCIATION", "rtbassoc"],
  ["AWS_NETWORK_ACL", "acl"],
  ["AWS_NETWORK_ACL_ASSOCIATION", "aclassoc"],
  ["AWS_ELASTIC_IP", "eipalloc"],
  ["AWS_ELASTIC_IP_ASSOCIATION", "eipassoc"],
  ["AWS_PREFIX_LIST", "pl"],
  ["AWS_LAUNCH_TEMPLATE", "lt"],
  ["AWS_VPC_PEERING", "pcx"],
  ["AWS_VPN_CONNECTION", "vpn"],
  ["AWS_VPN_GATEWAY", "vgw"],
  ["AWS_CUSTOMER_GATEWAY", "cgw"],
  ["AWS_DHCP_OPTIONS", "dopt"],
  ["AWS_VPC_CIDR_ASSOCIATION", "vpc-cidr-assoc"],
  ["AWS_VPC_ENDPOINT", "vpce"],
  ["AWS_VPC_ENDPOINT_SERVICE", "vpce-svc"],
  ["AWS_TRANSIT_GATEWAY", "tgw"],
  ["AWS_TRANSIT_GATEWAY_ATTACHMENT", "tgw-attach"],
  ["AWS_TRANSIT_GATEWAY_ROUTE_TABLE", "tgw-rtb"],
  ["AWS_KEY_PAIR", "key"],
  ["AWS_FILE_SYSTEM", "fs"],
  ["AWS_ACCESS_POINT", "fsap"],
  ["AWS_MOUNT_TARGET", "fsmt"],
  ["AWS_FLOW_LOG", "fl"],
  ["AWS_DEDICATED_HOST", "h"],
  ["AWS_CAPACITY_RESERVATION", "cr"],
  ["AWS_MANAGED_INSTANCE", "mi"],
];

/** Prefixes of ids with capitals and digits, and how many of these follow. */
const upperIds: readonly (readonly [type: string, prefix: string, tail: string])[] = [
  ["AWS_RDS_RESOURCE", "db-", "[A-Z0-9]{26}"],
  ["AWS_RDS_RESOURCE", "cluster-", "[A-Z0-9]{26}"],
  ["AWS_EMR_CLUSTER", "j-", "[A-Z0-9]{12,14}"],
];

/**
 * Ids of EC2 and its neighbours: `i-1234567890abcdef0`, `sg-903004f8`.
 *
 * Either length is matched as a whole or not at all, so that a long id is never cut to a short one. Hex digits must follow
 * the prefix directly, so that `eni-attach-...` is never read as `eni-...`.
 */
export function resourceIds(): readonly ShapeDetector[] {
  const hex = hexIds.map(([type, prefix]) => ({
    type,
    triggers: atWordStart(`${prefix}-`, repeat(lowerHex, 6)),
    pattern: sticky(`${prefix}-[0-9a-f]{8}(?:[0-9a-f]{9})?`),
  }));
  const upper = upperIds.map(([type, prefix, tail]) => ({
    type,
    triggers: atWordStart(prefix, repeat(upperOrDigit, 6)),
    pattern: sticky(prefix + tail),
  }));
  return [...hex, ...upper].map((row) => ({ kind: "shape", start: { at: "trigger" }, ...row }));
}

export { aws } from "./aws/aws.ts";
export { network } from "./network/network.ts";
export { type PiiOptions, pii, type Region } from "./pii/pii.ts";
export { secrets } from "./secrets/secrets.ts";

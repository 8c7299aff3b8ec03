/** A region of any partition: `us-east-1`, `us-gov-west-1`, `us-isob-east-1`, `eusc-de-east-1`. */
export const regionPattern = "[a-z]{2,4}(?:-[a-z]{2,9}){1,3}-[0-9]{1,2}";

/** The domains of all partitions. The last one is for dual-stack endpoints. */
export const domainPattern = String.raw`(?:amazonaws\.com(?:\.cn)?|amazonaws\.eu|c2s\.ic\.gov|sc2s\.sgov\.gov|cloud\.adc-e\.uk|csp\.hci\.ic\.gov|api\.aws)`;

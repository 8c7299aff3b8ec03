/** One family of what an app may hold, and the sample documents that show it. */
export interface Scenario {
  readonly name: string;
  readonly files: readonly string[];
}

export const scenarios: readonly Scenario[] = [
  { name: "EC2", files: ["describe-instances.json", "describe-volumes.txt", "terraform-plan.txt"] },
  { name: "S3", files: ["s3-ls.txt", "s3-policy.json", "s3-sync.sh"] },
  { name: "RDS", files: ["describe-db-instances.json", "rds-notes.md"] },
  { name: "EKS", files: ["list-clusters.json", "describe-cluster.json", "kubeconfig.yaml"] },
  { name: "SageMaker", files: ["sagemaker-list-endpoints.json", "sagemaker-describe-training-job.json"] },
  { name: "session token", files: ["sts-assume-role.json", "aws-session.sh"] },
  {
    name: "VPC family",
    files: ["describe-vpcs.json", "describe-subnets.json", "describe-security-groups.json", "network-inventory.txt"],
  },
  { name: "IAM and ARNs", files: ["get-caller-identity.json", "list-roles.json", "arns.txt"] },
  { name: "IPs and hosts", files: ["hosts-and-endpoints.txt"] },
  { name: "secrets", files: ["production.env", "deploy-key.pem"] },
  { name: "personal data", files: ["customers.csv", "application-log.txt"] },
  { name: "mixed Korean text", files: ["support-mail.ko.txt", "incident.md"] },
];

import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { type NameRow, namesInContext } from "../names.ts";
import { sticky } from "../sticky.ts";
import { isPlausibleName } from "../stop-words.ts";

/** These names have no dots. With a dot, it is a host, a version or a class such as `db.t3.medium`. */
const noDomain = String.raw`(?!\.[A-Za-z0-9])`;

const rdsRow: NameRow = {
  type: "AWS_RDS",
  name: `[A-Za-z](?:-?[A-Za-z0-9]){0,62}${noDomain}`,
  keys: [
    ...["dbinstanceidentifier", "dbclusteridentifier", "dbsnapshotidentifier", "dbclustersnapshotidentifier"],
    ...["db_instance_identifier", "db_cluster_identifier", "db-instance-identifier", "db-cluster-identifier"],
    ...["cluster_identifier", "replicasourceidentifier", "dbproxyname", "globalclusteridentifier"],
  ],
  words: ["rds", "aurora", "db instance", "db cluster"],
  nouns: "db|database|instances?|clusters?|proxy|mysql|postgres(?:ql)?|mariadb|인스턴스|데이터베이스|클러스터",
  korean: ["인스턴스", "데이터베이스"],
};

const eksClusterRow: NameRow = {
  type: "AWS_EKS_CLUSTER",
  name: `[A-Za-z0-9][A-Za-z0-9_-]{0,98}[A-Za-z0-9]${noDomain}`,
  keys: ["clustername", "cluster_name", "cluster-name", "eks_cluster"],
  words: ["eks", "cluster"],
  nouns: "clusters?|클러스터",
  korean: ["클러스터"],
};

const sagemakerRow: NameRow = {
  type: "AWS_SAGEMAKER",
  name: `[A-Za-z0-9](?:-?[A-Za-z0-9]){0,62}${noDomain}`,
  keys: [
    ...["endpointname", "endpoint_name", "endpoint-name", "endpointconfigname", "endpoint-config-name"],
    ...["notebookinstancename", "notebook-instance-name", "notebook_instance_name"],
    ...["trainingjobname", "training-job-name", "processingjobname", "transformjobname", "tuningjobname"],
    ...["modelpackagegroupname", "featuregroupname"],
  ],
  words: ["sagemaker", "training job", "notebook instance"],
  nouns: "endpoints?|notebooks?|instances?|models?|training|processing|transform|jobs?|엔드포인트|노트북|모델",
  korean: ["엔드포인트", "노트북"],
};

/** Names of databases, clusters and models, which are recognised only by the words around them. */
export function names(): readonly ShapeDetector[] {
  return [
    ...[rdsRow, eksClusterRow, sagemakerRow].flatMap(namesInContext),
    {
      // The answer of list-clusters.
      kind: "shape",
      type: eksClusterRow.type,
      triggers: [trigger('"clusters"')],
      start: { at: "after", gap: /\s{0,4}:\s{0,4}\[\s{0,40}"/y, next: /"\s{0,4},\s{0,40}"/y },
      pattern: /[A-Za-z0-9][A-Za-z0-9_-]{0,99}(?=")/y,
    },
    {
      // The answer of describe-cluster.
      kind: "shape",
      type: eksClusterRow.type,
      triggers: [trigger('"cluster":')],
      start: { at: "after", gap: /\s{0,4}\{\s{0,40}"name":\s{0,4}"/y },
      pattern: sticky(eksClusterRow.name),
    },
    {
      // An aws_db_instance in Terraform, which has no more specific key.
      kind: "shape",
      type: rdsRow.type,
      confidence: "medium",
      triggers: [trigger([" identifier", charClass(" =")])],
      start: { at: "after", gap: /(?:(?<==)|[ \t]{0,40}=)[ \t]{0,4}"/y },
      pattern: sticky(`${rdsRow.name}(?=")`),
      validate: isPlausibleName,
    },
    {
      kind: "shape",
      type: eksClusterRow.type,
      triggers: [trigger("cluster/")],
      start: { at: "after", gap: /(?:)/y },
      pattern: /(?=[A-Za-z]{0,99}[0-9_-])[A-Za-z0-9][A-Za-z0-9_-]{0,98}[A-Za-z0-9]/y,
      validate: isPlausibleName,
    },
  ];
}

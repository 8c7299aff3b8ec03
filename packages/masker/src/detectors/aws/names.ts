import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { trigger } from "../../matcher/trigger.ts";
import { type NameRow, namesInContext } from "../names.ts";
import { sticky } from "../sticky.ts";
import { isPlausibleName } from "../stop-words.ts";

/** These names have no dots: what has one is a host, a version or a class such as `db.t3.medium`. */
const NO_DOMAIN = String.raw`(?!\.[A-Za-z0-9])`;

const RDS: NameRow = {
  type: "AWS_RDS",
  name: `[A-Za-z](?:-?[A-Za-z0-9]){0,62}${NO_DOMAIN}`,
  keys: [
    ...["dbinstanceidentifier", "dbclusteridentifier", "dbsnapshotidentifier", "dbclustersnapshotidentifier"],
    ...["db_instance_identifier", "db_cluster_identifier", "db-instance-identifier", "db-cluster-identifier"],
    ...["cluster_identifier", "replicasourceidentifier", "dbproxyname", "globalclusteridentifier"],
  ],
  words: ["rds", "aurora", "db instance", "db cluster"],
  nouns: "db|database|instances?|clusters?|proxy|mysql|postgres(?:ql)?|mariadb|인스턴스|데이터베이스|클러스터",
  korean: ["인스턴스", "데이터베이스"],
};

const EKS_CLUSTER: NameRow = {
  type: "AWS_EKS_CLUSTER",
  name: `[A-Za-z0-9][A-Za-z0-9_-]{0,98}[A-Za-z0-9]${NO_DOMAIN}`,
  keys: ["clustername", "cluster_name", "cluster-name", "eks_cluster", "clusters"],
  words: ["eks", "cluster"],
  nouns: "clusters?|클러스터",
  korean: ["클러스터"],
};

const SAGEMAKER: NameRow = {
  type: "AWS_SAGEMAKER",
  name: `[A-Za-z0-9](?:-?[A-Za-z0-9]){0,62}${NO_DOMAIN}`,
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

/** The most elements of a list that are found: a page of `list-clusters` holds a hundred. */
const LONGEST_LIST = 100;

/** Names of databases, clusters and models, which only the words around them give away. */
export function names(): readonly ShapeDetector[] {
  return [
    ...[RDS, EKS_CLUSTER, SAGEMAKER].flatMap(namesInContext),
    ...listOf("AWS_EKS_CLUSTER", '"clusters"', "[A-Za-z0-9][A-Za-z0-9_-]{0,99}"),
    {
      // The answer of describe-cluster.
      kind: "shape",
      type: EKS_CLUSTER.type,
      triggers: [trigger('"cluster":')],
      start: { at: "after", gap: /\s{0,4}\{\s{0,40}"name":\s{0,4}"/y },
      pattern: sticky(EKS_CLUSTER.name),
    },
    {
      // An aws_db_instance in Terraform, where the key says no more than this.
      kind: "shape",
      type: RDS.type,
      confidence: "medium",
      triggers: [trigger([" identifier", charClass(" =")])],
      start: { at: "after", gap: /(?:(?<==)|[ \t]{0,40}=)[ \t]{0,4}"/y },
      pattern: sticky(`${RDS.name}(?=")`),
      validate: isPlausibleName,
    },
    {
      kind: "shape",
      type: EKS_CLUSTER.type,
      triggers: [trigger("cluster/")],
      start: { at: "after", gap: /(?:)/y },
      pattern: /(?=[A-Za-z]{0,99}[0-9_-])[A-Za-z0-9][A-Za-z0-9_-]{0,98}[A-Za-z0-9]/y,
      validate: isPlausibleName,
    },
  ];
}

/**
 * The elements of a JSON list behind `key`, from the second on: the first is found as any key's value is. A detector an
 * element, because a trigger leads to one value; all of them cost nothing where there is no such list.
 */
function listOf(type: string, key: string, name: string): readonly ShapeDetector[] {
  return Array.from({ length: LONGEST_LIST - 1 }, (_, index) => ({
    kind: "shape",
    type,
    triggers: [trigger(key)],
    start: {
      at: "after",
      gap: sticky(String.raw`\s{0,4}:\s{0,4}\[\s{0,40}(?:"[^"]{1,100}"\s{0,4},\s{0,40}){${index + 1}}"`),
    },
    pattern: sticky(`${name}(?=")`),
  }));
}

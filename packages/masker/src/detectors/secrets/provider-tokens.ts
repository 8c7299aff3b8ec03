import type { ShapeDetector } from "../../detection/detector.ts";
import { charClass } from "../../matcher/char-class.ts";
import { repeat, type Trigger, trigger } from "../../matcher/trigger.ts";
import { sticky } from "../sticky.ts";
import { atWordStart } from "../word-start.ts";

interface TokenRow {
  readonly type: string;
  /** Any of these begins a token. */
  readonly prefixes: readonly string[];
  /**
   * The source of a pattern for what follows the prefix. A long run that may contain units from between words (a hyphen, a
   * plus) has no upper bound. With one, a match would end within a word, and the run would be read again for each prefix in it.
   */
  readonly body: string;
  /** @default "high" */
  readonly confidence?: "medium" | "high";
}

const base64url = "[A-Za-z0-9_-]";

/** Keys and tokens that begin with a mark of their issuer. */
const rows: readonly TokenRow[] = [
  { type: "SECRET_GITHUB_TOKEN", prefixes: ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"], body: "[A-Za-z0-9]{36,255}" },
  { type: "SECRET_GITHUB_TOKEN", prefixes: ["github_pat_"], body: "[A-Za-z0-9_]{60,255}" },
  {
    type: "SECRET_GITLAB_TOKEN",
    prefixes: ["glpat-", "gldt-", "glrt-", "glcbt-", "glptt-", "glft-", "glsoat-", "glagent-"],
    body: String.raw`${base64url}{19,}(?:\.[A-Za-z0-9]{2}\.[A-Za-z0-9]{9})?`,
  },
  { type: "SECRET_NPM_TOKEN", prefixes: ["npm_"], body: "[A-Za-z0-9]{36}" },
  { type: "SECRET_PYPI_TOKEN", prefixes: ["pypi-AgE"], body: `${base64url}{50,}` },
  {
    type: "SECRET_SLACK_TOKEN",
    prefixes: ["xoxb-", "xoxa-", "xoxp-", "xoxr-", "xoxs-", "xoxe-", "xoxe.", "xoxc-", "xoxd-"],
    body: "[A-Za-z0-9.%-]{9,}[A-Za-z0-9]",
  },
  { type: "SECRET_SLACK_TOKEN", prefixes: ["xapp-"], body: "[0-9]-[A-Z0-9]{5,20}-[0-9]{5,20}-[a-z0-9]{20,100}" },
  { type: "SECRET_ANTHROPIC_KEY", prefixes: ["sk-ant-"], body: `[a-z]{2,10}[0-9]{2}-${base64url}{20,}` },
  {
    type: "SECRET_OPENAI_KEY",
    prefixes: ["sk-proj-", "sk-svcacct-", "sk-admin-", "sk-None-"],
    body: `${base64url}{20,}`,
  },
  { type: "SECRET_OPENAI_KEY", prefixes: ["sk-"], body: "[A-Za-z0-9]{20}T3BlbkFJ[A-Za-z0-9]{20}" },
  { type: "SECRET_MODEL_KEY", prefixes: ["sk-or-v1-"], body: "[0-9a-f]{64}" },
  { type: "SECRET_MODEL_KEY", prefixes: ["sk-"], body: "(?=[A-Za-z]{0,47}[0-9])[A-Za-z0-9]{32,64}" },
  { type: "SECRET_MODEL_KEY", prefixes: ["gsk_"], body: "[A-Za-z0-9]{40,64}" },
  { type: "SECRET_MODEL_KEY", prefixes: ["r8_"], body: "[A-Za-z0-9]{37}" },
  { type: "SECRET_MODEL_KEY", prefixes: ["pplx-"], body: "[A-Za-z0-9]{40,64}" },
  { type: "SECRET_MODEL_KEY", prefixes: ["xai-"], body: "[A-Za-z0-9]{70,90}" },
  { type: "SECRET_HUGGING_FACE_TOKEN", prefixes: ["hf_", "api_org_"], body: "[A-Za-z]{30,40}" },
  { type: "SECRET_GOOGLE_API_KEY", prefixes: ["AIza"], body: `${base64url}{35}` },
  { type: "SECRET_GOOGLE_OAUTH", prefixes: ["ya29."], body: `${base64url}{20,}` },
  { type: "SECRET_GOOGLE_OAUTH", prefixes: ["GOCSPX-"], body: `${base64url}{28}` },
  {
    type: "SECRET_STRIPE_KEY",
    prefixes: ["sk_test_", "sk_live_", "sk_prod_", "rk_test_", "rk_live_", "rk_prod_"],
    body: "[A-Za-z0-9]{10,255}",
  },
  { type: "SECRET_STRIPE_KEY", prefixes: ["whsec_"], body: "[A-Za-z0-9+/=]{24,64}" },
  { type: "SECRET_SENDGRID_KEY", prefixes: ["SG."], body: String.raw`${base64url}{16,32}\.${base64url}{16,64}` },
  { type: "SECRET_MAILGUN_KEY", prefixes: ["key-"], body: "[0-9a-f]{32}" },
  { type: "SECRET_DIGITALOCEAN_TOKEN", prefixes: ["dop_v1_", "doo_v1_", "dor_v1_"], body: "[0-9a-f]{64}" },
  { type: "SECRET_DOCKER_TOKEN", prefixes: ["dckr_pat_", "dckr_oat_"], body: `${base64url}{27,40}` },
  { type: "SECRET_DATABRICKS_TOKEN", prefixes: ["dapi"], body: "[0-9a-f]{32}(?:-[0-9])?" },
  { type: "SECRET_SHOPIFY_TOKEN", prefixes: ["shpat_", "shpca_", "shppa_", "shpss_"], body: "[0-9a-fA-F]{32}" },
  { type: "SECRET_VAULT_TOKEN", prefixes: ["hvs.", "hvb.", "hvr."], body: `${base64url}{24,}` },
  { type: "SECRET_AGE_KEY", prefixes: ["AGE-SECRET-KEY-1"], body: "[0-9A-Z]{58}" },
  { type: "SECRET_LINEAR_KEY", prefixes: ["lin_api_", "lin_oauth_"], body: "[A-Za-z0-9]{40,64}" },
  { type: "SECRET_NOTION_TOKEN", prefixes: ["ntn_", "secret_"], body: "[A-Za-z0-9]{43,50}" },
  { type: "SECRET_ATLASSIAN_TOKEN", prefixes: ["ATATT3", "ATCTT3", "ATBB"], body: "[A-Za-z0-9_=-]{20,}" },
  { type: "SECRET_GRAFANA_TOKEN", prefixes: ["glsa_"], body: "[A-Za-z0-9]{32}_[0-9a-fA-F]{8}" },
  { type: "SECRET_GRAFANA_TOKEN", prefixes: ["glc_"], body: "[A-Za-z0-9+/=]{32,}" },
  { type: "SECRET_NEW_RELIC_KEY", prefixes: ["NRAK-", "NRII-", "NRJS-"], body: "[A-Za-z0-9_-]{19,40}" },
  { type: "SECRET_POSTMAN_KEY", prefixes: ["PMAK-"], body: "[0-9a-f]{24}-[0-9a-f]{34}" },
  {
    type: "SECRET_PLANETSCALE_TOKEN",
    prefixes: ["pscale_tkn_", "pscale_pw_", "pscale_oauth_"],
    body: "[A-Za-z0-9_.=-]{30,64}",
  },
  { type: "SECRET_SUPABASE_KEY", prefixes: ["sbp_", "sb_secret_"], body: "[A-Za-z0-9_-]{20,64}" },
  {
    type: "SECRET_DOPPLER_TOKEN",
    prefixes: ["dp.pt.", "dp.st.", "dp.ct.", "dp.sa."],
    body: String.raw`(?:[a-z0-9_-]{2,35}\.)?[A-Za-z0-9]{40,44}`,
  },
  {
    type: "SECRET_SQUARE_TOKEN",
    prefixes: ["EAAA", "sq0atp-", "sq0csp-"],
    body: `${base64url}{22,80}`,
    confidence: "medium",
  },
  { type: "SECRET_HEROKU_KEY", prefixes: ["HRKU-"], body: `${base64url}{36,64}` },
  { type: "SECRET_SENTRY_TOKEN", prefixes: ["sntrys_", "sntryu_"], body: "[A-Za-z0-9+/=_-]{40,}" },
  { type: "SECRET_RUBYGEMS_KEY", prefixes: ["rubygems_"], body: "[0-9a-f]{48}" },
  { type: "SECRET_PULUMI_TOKEN", prefixes: ["pul-"], body: "[0-9a-f]{40}" },
  { type: "SECRET_FLY_TOKEN", prefixes: ["FlyV1 "], body: "[A-Za-z0-9+/=,_-]{40,}" },
];

/** Prefixes this short are only looked for at the start of a word, along with the first units of the body. */
const shortLength = 4;

export function providerTokens(): readonly ShapeDetector[] {
  return rows.map(({ type, prefixes, body, confidence }) => ({
    kind: "shape",
    type,
    priority: 5,
    ...(confidence === undefined ? {} : { confidence }),
    triggers: prefixes.flatMap(triggersOf),
    start: { at: "trigger" },
    pattern: sticky(`(?:${prefixes.map(literal).join("|")})${body}`),
  }));
}

function triggersOf(prefix: string): readonly Trigger[] {
  return prefix.length > shortLength ? [trigger(prefix)] : atWordStart(prefix, repeat(tokenUnit, 6));
}

const tokenUnit = charClass("A-Za-z0-9_-");

function literal(text: string): string {
  return text.replace(/[.]/g, String.raw`\.`);
}

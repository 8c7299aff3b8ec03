import { describe, expect, it } from "vitest";
import { findValues } from "../find-values.ts";
import { type Row, testTables } from "../fixtures/test-tables.ts";

const mixed = "aB3dE5fG7hJ9kL1mN2pQ";
const hex32 = "0123456789abcdef".repeat(2);
const jwt = `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.${mixed}${mixed}`;

const shapes: readonly Row[] = [
  ["SECRET_GITHUB_TOKEN", `ghp_${mixed.repeat(2).slice(0, 36)}`, `ghs_${mixed.repeat(2).slice(0, 36)}`],
  ["SECRET_GITHUB_TOKEN", `github_pat_${mixed}11_${mixed.repeat(3).slice(0, 59)}`],
  ["SECRET_GITLAB_TOKEN", `glpat-${mixed}`],
  ["SECRET_NPM_TOKEN", `npm_${mixed.repeat(2).slice(0, 36)}`],
  ["SECRET_PYPI_TOKEN", `pypi-AgEIcHlwaS5vcmc${mixed.repeat(3)}`],
  ["SECRET_SLACK_TOKEN", `xoxb-123456789012-123456789012-${mixed}`, `xoxp-123456789012-${mixed}`],
  ["SECRET_SLACK_TOKEN", `xapp-1-A1B2C3D4E5F-1234567890123-${hex32}`],
  [
    "SECRET_ANTHROPIC_KEY",
    `sk-ant-api03-${mixed.repeat(5).slice(0, 93)}AA`,
    `sk-ant-admin01-${mixed.repeat(5).slice(0, 93)}AA`,
  ],
  ["SECRET_OPENAI_KEY", `sk-proj-${mixed}_-${mixed}`, `sk-svcacct-${mixed}`, `sk-${mixed}T3BlbkFJ${mixed}`],
  ["SECRET_MODEL_KEY", `sk-${hex32}`],
  ["SECRET_HUGGING_FACE_TOKEN", `hf_${"aBcDeFgHiJ".repeat(4).slice(0, 34)}`],
  ["SECRET_GOOGLE_API_KEY", `AIza${mixed.repeat(2).slice(0, 35)}`],
  ["SECRET_GOOGLE_OAUTH", `ya29.${mixed}${mixed}`],
  ["SECRET_STRIPE_KEY", `sk_test_${mixed}`, `rk_live_${mixed}`, `whsec_${mixed}${mixed}`],
  ["SECRET_SENDGRID_KEY", `SG.${mixed}ab.${mixed}${mixed}`],
  ["SECRET_TWILIO_KEY", `SK${hex32}`],
  ["SECRET_MAILGUN_KEY", `key-${hex32}`],
  ["SECRET_MAILCHIMP_KEY", `${hex32}-us12`],
  ["SECRET_DIGITALOCEAN_TOKEN", `dop_v1_${hex32}${hex32}`],
  ["SECRET_DOCKER_TOKEN", `dckr_pat_${mixed}abcdefg`],
  ["SECRET_DATABRICKS_TOKEN", `dapi${hex32}`],
  ["SECRET_SHOPIFY_TOKEN", `shpat_${hex32}`],
  ["SECRET_VAULT_TOKEN", `hvs.${mixed}${mixed}`],
  ["SECRET_AGE_KEY", `AGE-SECRET-KEY-1${"QPZRY9X8GF".repeat(6).slice(0, 58)}`],
  ["SECRET_LINEAR_KEY", `lin_api_${mixed}${mixed}`],
  ["SECRET_ATLASSIAN_TOKEN", `ATATT3xFfGF0${mixed}${mixed}`],
  ["SECRET_GRAFANA_TOKEN", `glsa_${mixed}abcdefghijkl_1a2b3c4d`],
  ["SECRET_NEW_RELIC_KEY", `NRAK-${mixed.toUpperCase()}ABCDEFG`],
  ["SECRET_POSTMAN_KEY", `PMAK-${hex32.slice(0, 24)}-${hex32}ab`],
  ["SECRET_TELEGRAM_TOKEN", `123456789:AA${mixed}abcdefghijklm`],
  ["SECRET_TERRAFORM_TOKEN", `${mixed.slice(0, 14)}.atlasv1.${mixed.repeat(4).slice(0, 67)}`],
  ["SECRET_DISCORD_TOKEN", `M${mixed}abc.GaBcDe.${mixed}abcdefghijk`],
  ["SECRET_PASSWORD_HASH", `$2b$12$${mixed}${mixed}abcdefghijklm`],
  ["SECRET_JWT", jwt, `eyJhbGciOiJSU0EtT0FFUCJ9.${mixed}.${mixed}.${mixed}.${mixed}`],
  ["SECRET_PRIVATE_KEY", `-----BEGIN PRIVATE KEY-----\n${mixed}${mixed}\n${mixed}==\n-----END PRIVATE KEY-----`],
  ["SECRET_PRIVATE_KEY", `-----BEGIN RSA PRIVATE KEY-----\\n${mixed}${mixed}\\n-----END RSA PRIVATE KEY-----`],
];

const contexts: readonly Row[] = [
  [
    "SECRET_PASSWORD",
    "password=«hunter2»",
    "DB_PASSWORD=«p@ss,w(rd»",
    "docker run -e DB_PASSWORD=«p@ss,w(rd» app",
    'password = "«hunter2»"',
    "password: «hunter2», user: x",
    "password: «hunter2».",
    "  password: «correcthorse»\n",
    '"password": "«with \\"quotes\\" in it»"',
    '{\\"password\\":\\"«hunter2»\\"}',
    "'passwd' => '«hunter2»'",
    '"password": "«hunter2»',
    'master_password             = "«hunter2»"',
    "Server=db;User Id=sa;Password=«hunter2»;Encrypt=true",
    "https://example.com/login?user=x&password=«hunter2»&next=/",
    '{"name": "DB_PASSWORD", "value": "«hunter2»"}',
    "--password «hunter2»",
    "PGPASSWORD=«hunter2»",
    "MYSQL_PWD=«hunter2»",
    "the password is «hunter2».",
    "postgres://app:«hunter2»@db/orders",
    "redis://:«hunter2»@cache:6379",
    "amqp://app:«p@ss»@broker:5672",
    "비밀번호는 «hunter2!»입니다",
    "비밀번호: «hunter2»",
    "비밀번호 «1234»로",
    "password=«hunter2»입니다",
    '"password": "«correct horse battery staple»"',
  ],
  [
    "SECRET_API_KEY",
    "api_key=«a1b2c3d4e5f6»",
    'apiKey: "«a1b2c3d4e5f6»"',
    "x-api-key: «a1b2c3d4e5f6»",
    'client_secret = "«a1b2c3d4e5f6»"',
    "SECRET_KEY=«a1b2c3d4e5f6»",
    "MASK_KEY=«bWFzay1rZXktMTIzNDU2Nzg5MA==»",
  ],
  [
    "SECRET_TOKEN",
    "token=«a1b2c3d4e5f6»",
    '"refresh_token":"«a1b2c3d4e5f6»"',
    "Cookie: JSESSIONID=«A1B2C3D4E5F6»; x=y",
    // Vault's tokens, in the forms of its different versions.
    '"client_token": "«s.iyNUhq8Ov4hIAx6snw5mB2nL»"',
    '"client_token": "«c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a»"',
    '"ClientToken": "«s.iyNUhq8Ov4hIAx6snw5mB2nL»"',
    '"AccessToken": "«c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a»"',
  ],
  ["SECRET_VAULT_TOKEN", `"client_token": "«hvs.${mixed}${mixed}»"`, `"ClientToken": "«hvs.${mixed}${mixed}»"`],
  [
    "SECRET_BEARER_TOKEN",
    `Authorization: Bearer «${mixed}»`,
    `-H "authorization: bearer «${mixed}»"`,
    `Authorization: «${mixed}»`,
  ],
  ["SECRET_JWT", `Authorization: Bearer «${jwt}»`, `token=«${jwt}»`, `"id_token": "«${jwt}»"`],
  ["SECRET_BASIC_CREDENTIALS", "Authorization: Basic «dXNlcjpwYXNzd29yZA==»"],
  ["SECRET_SLACK_WEBHOOK", `https://hooks.slack.com/«services/T0A1B2C3D/B0A1B2C3D/${mixed}abcd»`],
  ["SECRET_AZURE_KEY", `AccountName=x;AccountKey=«${mixed.repeat(4)}abcdef==»;EndpointSuffix=core.windows.net`],
];

const nothing = [
  `password=**** password: xxxxxxxx password=\${DB_PASSWORD} password=$PASSWORD password: <password>`,
  'password = (sensitive value) password: null "password": "" password: [FILTERED] password=%s',
  "password: string; password: required, password = undefined",
  "password = request.body.password; password: config.db.password, password: z.string().min(8)",
  "password: hashedPassword, token: accessToken, secret: appSecret",
  "password must be at least 8 characters, password: must be 8-16 characters",
  'label: "password", "password": "Enter your password", password: "Password"',
  "password = getPassword() and PASSWORD_MIN_LENGTH = DEFAULT_PASSWORD_LENGTH",
  "api_key = os.environ['API_KEY'] and api_key: process.env.API_KEY and API_KEY=YOUR_API_KEY",
  "tokens: 1234, max_tokens=4096, token: 42, token_type: bearer, total_token=100000000",
  'grant_type = "refresh_token", TOKEN = "refresh_token", secret: "application/json"',
  "Bearer authentication is required, bearer token, basic authentication, Basic understanding",
  "basic knowledge of bearer networks",
  "http://localhost:8080/path https://example.com:443 ftp://user@host/",
  `postgres://user:password@localhost:5432/db and https://user:\${TOKEN}@host/`,
  "risk-free task-1234 disk-utils sk-learn ask-a-question",
  "eyJ is how it begins, eyJhbGci too",
  "PWD=/home/app OLDPWD=/root pass: 12 passed, bypass=1",
  "-----BEGIN CERTIFICATE----- and -----BEGIN PUBLIC KEY-----",
  "비밀번호를 변경하세요. 비밀번호는 8자 이상. 비밀번호 오류",
  '"ClientToken": "c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a", "ClientToken": ""',
  "ClientToken='fleet-c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a-0' --client-token c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a",
  '{\\"clientRequestToken\\": \\"c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a\\"}',
  "<clientToken>c4fbb8fc-4f7d-4d21-9a3e-0b1c2d3e4f5a</clientToken>",
  "ghp_short npm_config_registry hf_hub_download AIzaShort",
];

describe("secrets", () => {
  testTables({ shapes, contexts, nothing });

  it("finds a private key that was cut off, as far as it goes", () => {
    const key = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,0A1B\n\n${mixed.repeat(4)}`;
    expect(findValues(`log: ${key} ...`)[0]?.value.trim()).toBe(key);
  });

  it.each(["sk-proj-", "glpat-", "xoxb-", "hvs.", "sk-ant-api03-"])(
    "takes a token whole that begins with %s, however long",
    (prefix) => {
      const value = prefix + mixed.repeat(100);
      expect(findValues(`key ${value}, and more`)).toEqual([expect.objectContaining({ value })]);
    },
  );

  it("gives a password in a URL the same type as an assigned one", () => {
    expect(findValues("DB_PASSWORD=hunter2 postgres://app:hunter2@db/x")).toEqual([
      { type: "SECRET_PASSWORD", value: "hunter2" },
      { type: "SECRET_PASSWORD", value: "hunter2" },
    ]);
  });
});

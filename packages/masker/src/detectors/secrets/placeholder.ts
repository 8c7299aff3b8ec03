const PLACEHOLDERS = new Set(
  (
    "true false null none nil undefined unset empty default example placeholder changeme change-me change_me replaceme " +
    "string number boolean object required optional missing invalid incorrect wrong expired denied failed changed reset " +
    "updated rotated redacted hidden masked filtered encrypted protected sensitive secret password passwd pass token key " +
    "value text plain prompt stdin vault file from the your must should cannot can't is was not does for with and or " +
    "비밀번호 변경 입력 분실 초기화 오류 필수 없음"
  ).split(" "),
);

/** What stands for a secret in documents, templates and logs that have been cleaned already. */
const STAND_INS = [
  /^[*xX.•●#?_-]+$/,
  /^\$[({A-Za-z_]/,
  /^%[A-Z_a-z(]/,
  /^[<{[(@]/,
  /^(?:your|my|the|some|new|old)[-_]/i,
  /^(?:process\.env|os\.environ|env\.|import\.meta)/,
  // The name of a constant or of an environment variable.
  /^[A-Z]+(?:_[A-Z]+)+$/,
  /^(?:redacted|masked|removed|hidden|changeme|change-me|placeholder)\b/i,
];

/** Whether the text where a secret is expected is none: `****`, `${DB_PASSWORD}`, `<password>`, `null`, `required`. */
export function isPlaceholder(value: string): boolean {
  return PLACEHOLDERS.has(value.toLowerCase()) || STAND_INS.some((standIn) => standIn.test(value));
}

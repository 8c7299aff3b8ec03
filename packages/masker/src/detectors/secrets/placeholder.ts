const placeholders = new Set(
  (
    "true false null none nil undefined unset empty default example placeholder changeme change-me change_me replaceme " +
    "string number boolean object required optional missing invalid incorrect wrong expired denied failed changed reset " +
    "updated rotated redacted hidden masked filtered encrypted protected sensitive secret password passwd pass token key " +
    "value text plain prompt stdin vault file from the your must should cannot can't is was not does for with and or " +
    "비밀번호 변경 입력 분실 초기화 오류 필수 없음"
  ).split(" "),
);

/**
 * The source of a pattern for the beginnings of placeholders for a secret in templates, code and cleaned logs: `${`, `$NAME`,
 * `%s`, `<password>`, `(sensitive value)`, `your-password`, `process.env`.
 */
export const placeholderStart = String.raw`\$[({A-Z_a-z]|%[A-Z_a-z(]|[<{[(]|(?:[Yy]our|YOUR|my|MY)[-_]|process\.env|os\.environ|import\.meta`;

const standIns = [
  new RegExp(`^(?:${placeholderStart})`),
  /^[*xX.•●#?_-]+$/,
  // The name of a constant or of an environment variable.
  /^[A-Z]+(?:_[A-Z]+)+$/,
  /^(?:redacted|masked|removed|hidden)\b/i,
];

/** Whether text in place of a secret isn't one: `****`, `${DB_PASSWORD}`, `<password>`, `null`, `required`. */
export function isPlaceholder(value: string): boolean {
  return placeholders.has(value.toLowerCase()) || standIns.some((standIn) => standIn.test(value));
}

const weights = [1, 3, 7, 1, 3, 7, 1, 3, 5];

/** Whether a Korean business registration number, with or without hyphens, has the right check digit. */
export function isKoreanBusinessNumber(value: string): boolean {
  const digits = value.replaceAll("-", "");
  if (!/^\d{10}$/.test(digits)) return false;
  const weighted = weights.reduce((sum, weight, index) => sum + weight * Number(digits[index]), 0);
  // The tens of the ninth digit's product are added once more.
  const sum = weighted + Math.floor((Number(digits[8]) * 5) / 10);
  return (10 - (sum % 10)) % 10 === Number(digits[9]);
}

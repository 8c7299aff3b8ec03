/** Whether the last digit is the Luhn check digit of the others. Everything but ASCII digits is skipped. */
export function passesLuhn(number: string): boolean {
  let sum = 0;
  let isDoubled = false;
  for (let index = number.length - 1; index >= 0; index--) {
    const digit = number.charCodeAt(index) - 48;
    if (digit < 0 || digit > 9) continue;
    const weighted = isDoubled ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
    isDoubled = !isDoubled;
  }
  return sum % 10 === 0;
}

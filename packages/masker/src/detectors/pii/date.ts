/** Whether a value begins with a day, written with hyphens or dots: `2024-01-15`, `2024.1.15`. */
export function isDate(value: string): boolean {
  return /^(?:19|20)\d{2}[-.](?:0?[1-9]|1[0-2])[-.](?:0?[1-9]|[12]\d|3[01])(?!\d)/.test(value);
}

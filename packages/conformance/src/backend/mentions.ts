/**
 * Whether `text` can be found anywhere in a value: in its message and stack, in any property, hidden ones too, of it and
 * of what it refers to, as a debugger or a logger would show it.
 */
export function mentions(value: unknown, text: string): boolean {
  const seen = new Set<unknown>();
  const visit = (part: unknown): boolean => {
    if (typeof part === "string") return part.includes(text);
    if ((typeof part !== "object" && typeof part !== "function") || part === null || seen.has(part)) return false;
    seen.add(part);
    if (part instanceof Map || part instanceof Set) return [...part].some(visit);
    return Reflect.ownKeys(part).some((name) => {
      if (visit(name)) return true;
      const property = Object.getOwnPropertyDescriptor(part, name);
      return property !== undefined && "value" in property && visit(property.value);
    });
  };
  return visit(value) || (value instanceof Error && String(value.stack).includes(text));
}

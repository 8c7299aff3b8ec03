/**
 * Whether `text` occurs anywhere in a value that a debugger or a logger could show: in its message or stack, or in any
 * property, even a hidden one, of the value and of everything that it refers to.
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

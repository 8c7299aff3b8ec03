const marker = Symbol.for("keyward.error");

/**
 * Base of every error that Keyward throws.
 *
 * A message never holds an original value, a secret, a key's plain text or a connection password.
 */
export class KeywardError extends Error {
  /** Stable and documented: each code is a heading in `docs/errors.md`. */
  readonly code: string;

  constructor(code: string, message: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = new.target.name;
    this.code = code;
    Object.defineProperty(this, marker, { value: true });
  }

  /** Also recognises errors from another installed copy of Keyward: another version, or CommonJS beside ES modules. */
  static is(value: unknown): value is KeywardError {
    return typeof value === "object" && value !== null && marker in value;
  }
}

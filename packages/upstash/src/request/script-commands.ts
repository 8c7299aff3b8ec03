import type { Command } from "./command.ts";
import { jsonSize } from "./json-size.ts";
import { scriptDigest } from "./script-digest.ts";

/**
 * The first line by which a script tells Upstash that it uses only its declared keys. Without it, a script there locks the
 * whole database.
 */
const keyLocking = "#!lua flags=allow-key-locking\n";

/** How other servers refuse that line: Redis 7 because of the flag, an older one because of the `#`. Nothing was run then. */
const lineRefused =
  /^ERR (?:Unexpected flag in script shebang|Error compiling script.*user_script:1: unexpected symbol near '#')/;

/** Makes the commands that run scripts, and remembers which scripts the server knows and whether it accepts the first line. */
export class ScriptCommands {
  #firstLine = keyLocking;
  readonly #proven = new Set<string>();

  make(lua: string, keys: readonly string[], args: readonly string[]): Command {
    return this.#byDigest({ lua, keys, args, size: jsonSize(keys) + jsonSize(args) });
  }

  #byDigest(call: ScriptCall): Command {
    const text = this.#firstLine + call.lua;
    let digest = scriptDigest(text);
    const learn = (known: string) => {
      digest = known;
    };
    const ready = typeof digest === "string" ? undefined : digest.then(learn);
    // A failure is noticed when the command is about to leave, if it ever is.
    ready?.catch(() => {});
    return {
      keys: call.keys,
      effect: "write",
      size: call.size,
      addTo: (pipeline) => pipeline.evalsha(digest as string, [...call.keys], [...call.args]),
      script: {
        linesBefore: text === call.lua ? 0 : 1,
        ready,
        isProven: this.#proven.has(text),
        answered: (error) => {
          if (error === undefined) this.#proven.add(text);
          return error?.startsWith("NOSCRIPT") ? this.#whole(call, text) : undefined;
        },
      },
    };
  }

  /** The command with the script's text, if the server doesn't know the digest, or no longer does. */
  #whole(call: ScriptCall, text: string): Command {
    this.#proven.delete(text);
    return {
      keys: call.keys,
      effect: "write",
      size: call.size + jsonSize([text]),
      addTo: (pipeline) => pipeline.eval(text, [...call.keys], [...call.args]),
      script: {
        linesBefore: text === call.lua ? 0 : 1,
        ready: undefined,
        isProven: false,
        answered: (error) => {
          if (error === undefined) this.#proven.add(text);
          if (error === undefined || text === call.lua || !lineRefused.test(error)) return undefined;
          this.#firstLine = "";
          return this.#byDigest(call);
        },
      },
    };
  }
}

interface ScriptCall {
  readonly lua: string;
  readonly keys: readonly string[];
  readonly args: readonly string[];
  readonly size: number;
}

import type { Command } from "./command.ts";
import { jsonSize } from "./json-size.ts";
import { scriptDigest } from "./script-digest.ts";

/**
 * The first line that Upstash has for scripts that touch their declared keys only. Without it a script there holds a lock
 * over the whole database.
 */
const keyLocking = "#!lua flags=allow-key-locking\n";

/** What other servers say to that line: Redis 7 to the flag, an older one to the `#`. Either way nothing was run. */
const lineRefused =
  /^ERR (?:Unexpected flag in script shebang|Error compiling script.*user_script:1: unexpected symbol near '#')/;

/** Makes the commands that run scripts, and remembers what the server knows and takes. */
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
    // It is looked at when the command is about to leave, if it ever is.
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

  /** With the script's text: the server doesn't know it under its digest (any more). */
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

import { parseArgs } from "node:util";
import type { UpstashServerOptions } from "../options.ts";

export const usage = `Serves the Upstash REST protocol from your own Redis.

  npx @keyward/upstash-local --redis redis://127.0.0.1:6379 --token local-token

  --redis  where Redis is         (else REDIS_URL, else redis://127.0.0.1:6379)
  --token  what callers present   (else KV_REST_API_TOKEN, else a random one, which is printed)
  --host   address to listen on   (127.0.0.1; the traffic is not encrypted)
  --port   port to listen on      (8079; 0 takes a free one)
  --max-request-bytes             (1048576)
  --help
`;

/** What the command line asks for. */
export type CommandLine =
  | { readonly kind: "help" }
  | { readonly kind: "serve"; readonly options: UpstashServerOptions };

/** A command line that can't be understood. The message quotes no value, which might be a password. */
export class UsageError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws {UsageError} */
export function readCommandLine(args: readonly string[], environment: Environment): CommandLine {
  const values = parse(args);
  if (values.help) return { kind: "help" };
  const token = values.token ?? environment["KV_REST_API_TOKEN"];
  return {
    kind: "serve",
    options: {
      redis: values.redis ?? environment["REDIS_URL"] ?? "redis://127.0.0.1:6379",
      port: numberFrom(values.port, 8079),
      ...(token !== undefined && { token }),
      ...(values.host !== undefined && { host: values.host }),
      ...(values["max-request-bytes"] !== undefined && {
        maxRequestBytes: numberFrom(values["max-request-bytes"], 0),
      }),
    },
  };
}

function parse(args: readonly string[]) {
  const text = { type: "string" } as const;
  try {
    return parseArgs({
      args: [...args],
      options: {
        ...{ redis: text, token: text, host: text, port: text },
        ...{ "max-request-bytes": text, help: { type: "boolean" } },
      },
    }).values;
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const stray = code === "ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL";
    throw new UsageError(stray ? "every value must follow its option, such as --port 8079" : message);
  }
}

// A value that isn't a number is left to the check of the options, which names the field.
function numberFrom(text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  return /^\d+$/.test(text) ? Number(text) : Number.NaN;
}

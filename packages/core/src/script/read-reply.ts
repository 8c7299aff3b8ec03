import { BackendError } from "../errors/backend-error.ts";
import { KeywardError } from "../errors/keyward-error.ts";
import type { RawReply, Script } from "./script.ts";

/**
 * Turns the answer of a server, or of a twin, into the script's reply. For backends.
 *
 * @throws {BackendError} `BACKEND_REPLY_INVALID` if the script's `reply` throws. The step has run, so the outcome is `"unknown"`.
 * The cause is kept only if it is a `KeywardError`, since any other error may quote the reply.
 */
export function readReply<Arguments, Reply>(script: Script<Arguments, Reply>, raw: RawReply, input: Arguments): Reply {
  try {
    return script.reply(raw, input);
  } catch (error) {
    throw new BackendError("BACKEND_REPLY_INVALID", `${script.name} gave a reply that its definition can't read`, {
      operation: `run:${script.name}`,
      outcome: "unknown",
      retryable: false,
      cause: KeywardError.is(error) ? error : undefined,
    });
  }
}

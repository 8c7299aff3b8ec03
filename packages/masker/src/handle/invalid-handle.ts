import { MaskerError } from "../errors.ts";

/** @param reason must not repeat anything from the handle */
export function invalidHandle(reason: string): MaskerError {
  return new MaskerError("HANDLE_INVALID", `the handle can't be used: ${reason}. Pass one as mask returned it.`);
}

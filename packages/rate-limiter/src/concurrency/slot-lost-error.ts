import { KeywardError } from "@keyward/core";

/** Why a slot's signal aborts: its lease ended before it could be renewed, so another may have the slot. */
export class SlotLostError extends KeywardError {
  declare readonly code: "SLOT_LOST";

  constructor() {
    super(
      "SLOT_LOST",
      "the lease of this slot couldn't be renewed in time: another may have it by now, so its work has to stop",
    );
  }

  /** As `KeywardError.is`, for `SLOT_LOST`. */
  static override is(value: unknown): value is SlotLostError {
    return KeywardError.is(value) && value.code === "SLOT_LOST";
  }
}

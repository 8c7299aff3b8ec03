import { KeywardError } from "@keyward/core";

/** Why a slot's signal aborts: its lease ended before it could be renewed, so another may have the slot. */
export class SlotLostError extends KeywardError {
  declare readonly code: "SLOT_LOST";

  constructor() {
    super(
      "SLOT_LOST",
      "the lease of this slot couldn't be renewed in time, so another may hold the slot by now; stop the work",
    );
  }

  /** As `KeywardError.is`, for `SLOT_LOST`. */
  static override is(value: unknown): value is SlotLostError {
    return KeywardError.is(value) && value.code === "SLOT_LOST";
  }
}

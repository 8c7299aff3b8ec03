/** How many commands a report takes: the script itself, TIME, GET and SET. */
const reportCost = 4;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long to wait before a failed report is sent again, and how often pending commands are looked at. */
export const reportPauseMs = minuteMs;

/** How long an instance may refuse operations before it asks whether a new month has begun. */
export const askAgainMs = hourMs;

/**
 * Whether an instance should report what it has counted: a thousandth of the budget at once; after a minute, as much as makes
 * the report itself less than a tenth of it; after an hour, whatever there is.
 */
export function isReportDue(pending: number, ageMs: number, monthly: number): boolean {
  if (pending <= 0) return false;
  const worthwhile = 10 * reportCost;
  const step = Math.max(worthwhile, Math.floor(monthly / 1000));
  return pending >= step || (ageMs >= minuteMs && pending >= worthwhile) || ageMs >= hourMs;
}

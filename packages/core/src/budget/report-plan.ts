/** What the script that reports takes: itself, TIME, GET and SET. */
const reportCost = 4;

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

/** How long a failed report waits before it is sent again, and how often what is pending is looked at. */
export const reportPauseMs = minuteMs;

/** How long an instance that refuses goes without asking whether the month has turned. */
export const askAgainMs = hourMs;

/**
 * When an instance reports what it has counted: a thousandth of the budget at once; after a minute what makes the report's
 * own commands less than a tenth; after an hour whatever there is.
 */
export function isReportDue(pending: number, ageMs: number, monthly: number): boolean {
  if (pending <= 0) return false;
  const worthwhile = 10 * reportCost;
  const step = Math.max(worthwhile, Math.floor(monthly / 1000));
  return pending >= step || (ageMs >= minuteMs && pending >= worthwhile) || ageMs >= hourMs;
}

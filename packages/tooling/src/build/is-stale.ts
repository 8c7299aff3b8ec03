/** Whether a build has to be made: there is none, or a source is newer than its oldest file. */
export function isStale(sourceTimes: readonly number[], buildTimes: readonly number[]): boolean {
  return buildTimes.length === 0 || Math.max(...sourceTimes) > Math.min(...buildTimes);
}

/** Makes `calls` calls, `width` of them under way at a time. */
export async function inFlight(calls: number, width: number, call: (index: number) => Promise<unknown>): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < calls) await call(next++);
  };
  await Promise.all(Array.from({ length: width }, work));
}

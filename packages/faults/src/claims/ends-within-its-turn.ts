/** Whether a call ends before this process looks at a socket or a timer again: then it can't have waited for either. */
export async function endsWithinItsTurn(call: Promise<unknown>): Promise<boolean> {
  let ended = false;
  const end = () => {
    ended = true;
  };
  call.then(end, end);
  const nextTurn = new Promise((resolve) => setImmediate(resolve));
  // Microtasks all run before the event loop goes on.
  await new Promise<void>((resolve) => process.nextTick(resolve));
  const endedAtOnce = ended;
  await nextTurn;
  return endedAtOnce;
}

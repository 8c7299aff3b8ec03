/**
 * Reads the data of server-sent events, each in one line, as the service writes them.
 *
 * @param onActivity called when anything arrives, even if it isn't data
 */
export async function* readEventLines(
  body: ReadableStream<Uint8Array>,
  onActivity: () => void,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const text = new TextDecoder();
  // Kept in pieces: joining a long line again for each piece would take quadratic time.
  let begun: string[] = [];
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      onActivity();
      const lines = text.decode(value, { stream: true }).split("\n");
      for (const [place, line] of lines.entries()) {
        begun.push(line);
        if (place === lines.length - 1) break;
        const data = /^data: ?(.*?)\r?$/s.exec(begun.join(""))?.[1];
        begun = [];
        if (data !== undefined) yield data;
      }
    }
  } finally {
    await reader.cancel().catch(() => {});
  }
}

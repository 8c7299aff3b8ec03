export function POST(): Response {
  return Response.json({ answer: "Nothing to report." });
}

interface Context {
  readonly params: Promise<{ readonly path: readonly string[] }>;
}

export async function POST(_request: Request, { params }: Context): Promise<Response> {
  return Response.json({ tool: (await params).path });
}

/** Uses the conformance suite as the author of a backend does. */
const [{ testBackend }, { createMemoryBackend }] = await Promise.all(
  ["@keyward/conformance", "@keyward/core"].map((name) => import(name)),
);

testBackend(() => createMemoryBackend(), { capabilities: { reach: "local", push: true, billedPerCommand: false } });

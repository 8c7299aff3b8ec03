/** @type {import("next").NextConfig} */
export default {
  // The workspace's own leads to the sources of the packages; this one is a user's.
  typescript: { tsconfigPath: "tsconfig.next.json" },
};
